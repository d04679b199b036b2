package dev.godwit.vault.volume;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A volume of a plain vault that is made of frames of others, copied as they are and proven by
 * their checksums on the way. A frame is never held whole. Used by one thread.
 */
public final class CopiedVolume implements AutoCloseable {
  private static final int CHUNK = 1 << 20;
  private static final PlainVolumes FORM = new PlainVolumes();

  private final Storage storage;
  private final VolumeId id = VolumeId.random();
  private final StorageWriter file;
  private final List<BlockRef> blocks = new ArrayList<>();
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
  private long length;

  /** Begins a volume. */
  public CopiedVolume(Storage storage) throws IOException {
    this.storage = storage;
    this.file = storage.create(Layout.volume(id));
    try {
      write(FORM.header(id));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    length += bytes.remaining();
    file.write(bytes);
  }

  /**
   * Copies a block.
   *
   * @return where it lies in this volume
   * @throws DamagedBlockException if its frame is not what was written; this volume is of no use
   *     then
   */
  public BlockRef append(BlockRef from) throws IOException, DamagedBlockException {
    String path = Layout.volume(from.volume());
    BlockRef to = from.at(id, length);
    CRC32C crc = new CRC32C();
    for (int done = 0; done < from.length(); ) {
      chunk.clear().limit(Math.min(CHUNK, from.length() - done));
      int read = storage.read(path, from.offset() + done, chunk);
      if (read <= 0) {
        throw new DamagedBlockException("the file is cut short");
      }
      crc.update(chunk.flip());
      done += read;
      write(chunk.rewind());
    }
    if ((int) crc.getValue() != from.crc()) {
      throw new DamagedBlockException("has another checksum than was written");
    }
    blocks.add(to);
    return to;
  }

  /** Ends the volume and makes it appear and last. */
  public SealedVolume seal() throws IOException {
    write(FORM.footer(id, blocks, length));
    file.commit();
    return new SealedVolume(id, length, List.copyOf(blocks));
  }

  @Override
  public void close() {
    file.close();
  }
}
