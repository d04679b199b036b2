package dev.godwit.extractor.postgresql.copy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The data of one running {@code copy ... to stdout}, message by message, the protocol's framing
 * taken off. The server sends one row a message; a binary copy's header stands before the first
 * row, in the same message or in one of its own, and its trailer (-1) in a message of its own or at
 * the end of the last (PostgreSQL manual, "COPY", file formats; "Frontend/Backend Protocol", COPY
 * operations).
 */
public interface CopyData extends AutoCloseable {
  /** Messages up to this many bytes lie in memory whole: 16 MiB. */
  int CONTIGUOUS = 16 << 20;

  /**
   * Goes to the next message; what is left of the one before is skipped.
   *
   * @return false at the end of the data, once the server has confirmed that it is whole
   */
  boolean next() throws IOException;

  /** The length of the message, in bytes. */
  long length();

  /**
   * The message, where it has at most {@link #CONTIGUOUS} bytes: between position and limit of a
   * direct buffer, big-endian, valid until {@link #next}. Null where it is longer.
   */
  ByteBuffer bytes();

  /** The message as a stream, where it is longer than {@link #CONTIGUOUS}; read once. */
  InputStream stream();

  /**
   * Leaves the message for what was received behind it: further messages of the protocol between
   * position and limit of a direct buffer, the last one perhaps in part. Whole messages of kind 'd'
   * may be taken from its front by moving the position; {@link #next} goes on behind them.
   *
   * @return null where messages come one by one
   */
  ByteBuffer ahead() throws IOException;

  /** Ends the copy; cancels it on the server where it has not ended. */
  @Override
  void close();
}
