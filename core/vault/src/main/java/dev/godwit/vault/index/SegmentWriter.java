package dev.godwit.vault.index;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Writes one segment of the index, record by record in the order of ids. */
final class SegmentWriter implements AutoCloseable {
  private final StorageWriter file;
  private final SegmentSeal seal;
  private final SegmentSeal.Proof proof;
  private final int proofLength;
  private final String path;
  private final List<CoveredVolume> volumes;
  private final Map<VolumeId, Integer> numbers = new HashMap<>();
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer buffer = IndexFormat.allocate(1024 * IndexFormat.RECORD);
  private final int bits;
  private final int[] slots;
  private long records;
  private BlockRef last;

  /**
   * Begins a segment.
   *
   * @param most how many records it will hold at most
   */
  SegmentWriter(SegmentSeal seal, Storage storage, List<CoveredVolume> volumes, long most)
      throws IOException {
    this.seal = seal;
    this.proof = seal.begin();
    this.proofLength = seal.proofLength();
    this.volumes = List.copyOf(volumes);
    for (int i = 0; i < volumes.size(); i++) {
      numbers.put(volumes.get(i).id(), i);
    }
    this.bits = IndexFormat.bits(most);
    this.slots = new int[(1 << bits) + 1];
    this.path = seal.folder() + '/' + VolumeId.random() + IndexFormat.SUFFIX;
    this.file = storage.create(path);
    try {
      write(IndexFormat.head());
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    crc.update(bytes.duplicate());
    proof.update(bytes.duplicate());
    file.write(bytes);
  }

  /** By its place; the record's own comparison of all it says takes 20 ms to be linked. */
  private static boolean isSame(BlockRef ref, BlockRef other) {
    return ref.offset() == other.offset()
        && ref.id().equals(other.id())
        && ref.volume().equals(other.volume());
  }

  /** Adds the next record; one that was just added is left out. */
  void add(BlockRef ref) throws IOException {
    if (last != null && isSame(ref, last)) {
      return;
    }
    if (last != null && last.id().compareTo(ref.id()) > 0) {
      throw new IllegalStateException("records of the index come out of order");
    }
    last = ref;
    if (!buffer.hasRemaining()) {
      flush();
    }
    IndexFormat.putRecord(buffer, seal.kept(ref), numbers.get(ref.volume()));
    slots[IndexFormat.slot(ref.id(), bits) + 1]++;
    records++;
  }

  private void flush() throws IOException {
    write(buffer.flip());
    buffer.clear();
  }

  /** Ends the segment and makes it appear; returns its path. */
  String commit() throws IOException {
    flush();
    int reached = 0;
    for (int slot : slots) {
      reached += slot;
      put(4).putInt(reached);
    }
    for (CoveredVolume volume : volumes) {
      ByteBuffer into = put(IndexFormat.VOLUME);
      volume.id().putTo(into);
      into.putLong(volume.size());
    }
    flush();
    proof.update(IndexFormat.Tail.numbers(records, bits, volumes.size()));
    ByteBuffer proven = ByteBuffer.wrap(proof.end());
    crc.update(proven.duplicate());
    file.write(proven);
    int sum = (int) crc.getValue();
    file.write(new IndexFormat.Tail(records, bits, volumes.size(), proofLength, sum).bytes());
    file.commit();
    return path;
  }

  private ByteBuffer put(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  @Override
  public void close() {
    file.close();
  }
}
