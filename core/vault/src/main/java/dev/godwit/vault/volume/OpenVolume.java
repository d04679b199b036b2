package dev.godwit.vault.volume;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.Frame;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A volume that is being written. Used by one thread at a time. */
final class OpenVolume implements AutoCloseable {
  private final VolumeId id;
  private final VolumeSeal form;
  private final StorageWriter file;
  private final List<BlockRef> blocks = new ArrayList<>();
  private long length;

  OpenVolume(Storage storage, VolumeSeal form, VolumeId id) throws IOException {
    this.id = id;
    this.form = form;
    this.file = storage.create(Layout.volume(id));
    try {
      write(form.header(id));
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    length += bytes.remaining();
    file.write(bytes);
  }

  void append(Frame frame, BlockRef ref) throws IOException {
    if (ref.offset() != length) {
      throw new IllegalStateException("a block of volume " + id + " was given another's place");
    }
    write(frame.bytes());
    blocks.add(ref);
  }

  /** Writes the footer; nothing can be appended then. */
  void end() throws IOException {
    write(form.footer(id, blocks, length));
  }

  /** Makes it appear and last. */
  SealedVolume seal() throws IOException {
    file.commit();
    return new SealedVolume(id, length, List.copyOf(blocks));
  }

  String path() {
    return Layout.volume(id);
  }

  @Override
  public void close() {
    file.close();
  }
}
