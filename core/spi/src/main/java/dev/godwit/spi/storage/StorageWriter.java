package dev.godwit.spi.storage;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes one file: {@code write*}, then exactly one of {@link #commit} and {@link #abort}. */
public interface StorageWriter extends AutoCloseable {
  /** Appends all that remains in the buffer. */
  void write(ByteBuffer bytes) throws IOException;

  /** Makes the file appear, whole and lasting. */
  void commit() throws IOException;

  /** Leaves nothing behind. Does nothing after {@link #commit}. */
  void abort();

  /** Aborts if nothing was committed. */
  @Override
  void close();
}
