package dev.godwit.vault.volume;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.plane.RunKeys;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.WriterDomain;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * A volume that is made of frames of others, copied as they are and proven by their checksums on
 * the way. A frame is never held whole. Used by one thread.
 */
public final class CopiedVolume implements AutoCloseable {
  private static final int CHUNK = 1 << 20;

  private final Storage storage;
  private final VolumeSeal form;
  private final Set<Long> keys = new HashSet<>();
  private final VolumeId id = VolumeId.random();
  private final StorageWriter file;
  private final List<BlockRef> blocks = new ArrayList<>();
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
  private long length;

  private CopiedVolume(Storage storage, VolumeSeal form, List<byte[]> keys) throws IOException {
    this.storage = storage;
    this.form = form;
    keys.forEach(key -> this.keys.add(RunKeys.mark(key)));
    this.file = storage.create(Layout.volume(id));
    try {
      write(form.header(id));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Begins one of a plain vault. */
  public static CopiedVolume plain(Storage storage) throws IOException {
    return new CopiedVolume(storage, new PlainVolumes(), List.of());
  }

  /**
   * Begins one of an encrypted vault.
   *
   * @param owner of every frame that will be copied
   * @param keys of their runs, as they are sealed
   */
  public static CopiedVolume sealed(VaultFiles files, WriterDomain owner, List<byte[]> keys)
      throws IOException {
    return new CopiedVolume(files.storage(), new SealedVolumes(owner, files.vaultId(), keys), keys);
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
      if (done == 0 && !keys.isEmpty() && (read < Long.BYTES || !keys.contains(chunk.getLong(0)))) {
        throw new DamagedBlockException("is sealed with a key that its volume does not name");
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
    write(form.footer(id, blocks, length));
    file.commit();
    return new SealedVolume(id, length, List.copyOf(blocks));
  }

  @Override
  public void close() {
    file.close();
  }
}
