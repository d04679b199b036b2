package dev.godwit.vault.index;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.CRC32C;

/**
 * One sorted file of the index. Its volumes are in memory; its records are read from the file, by
 * two reads a look-up. Safe for use by many threads.
 */
public final class IndexSegment {
  private static final int CHUNK = 256 << 10;

  private final SegmentBytes bytes;
  private final String path;
  private final IndexFormat.Tail tail;
  private final List<CoveredVolume> volumes;

  private IndexSegment(
      SegmentBytes bytes, String path, IndexFormat.Tail tail, List<CoveredVolume> volumes) {
    this.bytes = bytes;
    this.path = path;
    this.tail = tail;
    this.volumes = volumes;
  }

  /**
   * Opens a segment and proves it, so that no bent or forged record is ever believed.
   *
   * @throws DamagedBlockException if it is bent or forged
   */
  static IndexSegment open(SegmentSeal seal, Storage storage, String path, long size)
      throws IOException, DamagedBlockException {
    if (size < IndexFormat.HEAD + 8 + seal.proofLength() + IndexFormat.TAIL) {
      throw new DamagedBlockException(size == 0 ? "is empty" : "is too short for an index");
    }
    SegmentBytes bytes = SegmentBytes.of(storage, path, seal.isCopied());
    IndexFormat.Tail tail =
        IndexFormat.Tail.of(
            read(bytes, size - IndexFormat.TAIL, IndexFormat.TAIL), size, seal.proofLength());
    if (tail == null || !IndexFormat.isHead(read(bytes, 0, IndexFormat.HEAD))) {
      throw new DamagedBlockException("is no whole index");
    }
    byte[] proof = new byte[tail.proof()];
    read(bytes, tail.proofAt(), proof.length).get(proof);
    SegmentSeal.Proof proven = seal.begin();
    CRC32C crc = new CRC32C();
    readThrough(bytes, tail.proofAt(), crc, proven);
    crc.update(proof);
    if ((int) crc.getValue() != tail.crc()) {
      throw new DamagedBlockException("has another checksum than was written");
    }
    proven.update(IndexFormat.Tail.numbers(tail.records(), tail.bits(), tail.volumes()));
    if (!seal.accepts(proven.end(), proof)) {
      throw new DamagedBlockException("was not written by whom it names");
    }
    List<CoveredVolume> volumes = new ArrayList<>();
    ByteBuffer table =
        read(bytes, tail.volumesAt(), Math.multiplyExact(tail.volumes(), IndexFormat.VOLUME));
    while (table.hasRemaining()) {
      volumes.add(new CoveredVolume(VolumeId.from(table), table.getLong()));
    }
    return new IndexSegment(bytes, path, tail, volumes);
  }

  private static void readThrough(
      SegmentBytes bytes, long length, CRC32C crc, SegmentSeal.Proof proof) throws IOException {
    ByteBuffer chunk = IndexFormat.allocate(CHUNK);
    for (long at = 0; at < length; ) {
      chunk.clear().limit((int) Math.min(CHUNK, length - at));
      int read = bytes.read(at, chunk);
      if (read <= 0) {
        break;
      }
      crc.update(chunk.flip());
      proof.update(chunk.rewind());
      at += read;
    }
  }

  private static ByteBuffer read(SegmentBytes bytes, long offset, int length)
      throws IOException, DamagedBlockException {
    ByteBuffer into = IndexFormat.allocate(length);
    if (bytes.read(offset, into) != length) {
      throw new DamagedBlockException("is cut short");
    }
    return into.flip();
  }

  /** Where it lies. */
  public String path() {
    return path;
  }

  /** The volumes whose blocks it holds. */
  public List<CoveredVolume> volumes() {
    return volumes;
  }

  /** How many records it has. */
  public long records() {
    return tail.records();
  }

  /** Where a block lies: every place that the segment knows, nearly always one or none. */
  public List<BlockRef> find(BlockId id) throws IOException, DamagedBlockException {
    ByteBuffer slot = read(bytes, tail.fanOutAt() + 4L * IndexFormat.slot(id, tail.bits()), 8);
    int from = slot.getInt();
    int to = slot.getInt();
    if (from == to) {
      return List.of();
    }
    if (from < 0 || to < from || to > tail.records() || to - from > tail.mostOfSlot()) {
      throw new DamagedBlockException("has slots that make no sense");
    }
    ByteBuffer records = records(from, to - from);
    int low = 0;
    int high = to - from;
    while (low < high) {
      int middle = (low + high) >>> 1;
      BlockId found = BlockId.from(records.position(middle * IndexFormat.RECORD));
      if (found.compareTo(id) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    List<BlockRef> places = new ArrayList<>(1);
    for (int i = low; i < to - from; i++) {
      BlockRef ref = record(records.position(i * IndexFormat.RECORD));
      if (!ref.id().equals(id)) {
        break;
      }
      places.add(ref);
    }
    return places;
  }

  private ByteBuffer records(long from, int count) throws IOException, DamagedBlockException {
    long offset = IndexFormat.HEAD + from * IndexFormat.RECORD;
    return read(bytes, offset, Math.multiplyExact(count, IndexFormat.RECORD));
  }

  private BlockRef record(ByteBuffer bytes) throws DamagedBlockException {
    try {
      return IndexFormat.record(bytes, number -> volumes.get(number).id());
    } catch (RuntimeException e) {
      throw new DamagedBlockException("holds a record that makes no sense", e);
    }
  }

  /** Reads all records in order, some at a time. Used by one thread. */
  final class Cursor {
    private static final int AT_ONCE = 512;
    private long next;
    private ByteBuffer records = IndexFormat.allocate(0);

    boolean hasNext() {
      return next < tail.records();
    }

    BlockRef next() throws IOException, DamagedBlockException {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (!records.hasRemaining()) {
        records = records(next, (int) Math.min(AT_ONCE, tail.records() - next));
      }
      next++;
      return record(records);
    }
  }

  Cursor cursor() {
    return new Cursor();
  }
}
