package dev.godwit.vault.storage;

import dev.godwit.spi.storage.StorageWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that is written beside its place, and moved there when it is whole. */
final class LocalFile implements StorageWriter {
  private final Path temporary;
  private final Path target;
  private final FileChannel channel;

  /** Writes into an empty file that is there. */
  LocalFile(Path temporary, Path target) throws IOException {
    this.temporary = temporary;
    this.target = target;
    this.channel = FileChannel.open(temporary, StandardOpenOption.WRITE);
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void commit() throws IOException {
    channel.force(true);
    channel.close();
    SyncedFolders.create(target.getParent());
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    SyncedFolders.sync(target.getParent());
  }

  @Override
  public void abort() {
    try {
      channel.close();
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // It lies in work/, where the next writer clears it away.
    }
  }

  /** Once committed, the temporary name is gone, and there is nothing to abort. */
  @Override
  public void close() {
    abort();
  }
}
