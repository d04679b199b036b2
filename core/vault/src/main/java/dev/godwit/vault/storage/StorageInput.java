package dev.godwit.vault.storage;

import dev.godwit.spi.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** Reads a stored file from its start, by large reads. Used by one thread. */
public final class StorageInput extends InputStream {
  private static final int CHUNK = 256 << 10;

  /** Over a network each read waits for a way there and back. */
  private static final int REMOTE_CHUNK = 2 << 20;

  private final Storage storage;
  private final String path;
  private final LongConsumer progress;
  private final ByteBuffer buffer;
  private long at;

  /** Nothing is read yet; {@code progress} is told the bytes of each read. */
  public StorageInput(Storage storage, String path, LongConsumer progress) {
    this.storage = storage;
    this.path = path;
    this.progress = progress;
    this.buffer = ByteBuffer.allocate(storage.isRemote() ? REMOTE_CHUNK : CHUNK).limit(0);
  }

  private boolean fill() throws IOException {
    if (!buffer.hasRemaining()) {
      buffer.clear();
      int read = storage.read(path, at, buffer);
      buffer.flip();
      at += read;
      progress.accept(read);
    }
    return buffer.hasRemaining();
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer.get() & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int from, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int read = Math.min(count, buffer.remaining());
    buffer.get(into, from, read);
    return read;
  }
}
