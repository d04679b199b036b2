package dev.godwit.transfer;

import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.run.Cancellation;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.LongConsumer;

/** A large value on its way: counted and throttled piece by piece, ended where the run ends. */
final class MovedStream extends FilterInputStream {
  private final Cancellation cancellation;
  private final Throttle throttle;
  private final LongConsumer moved;
  private long untold;
  private RuntimeException failure;

  /** Tells {@code moved} of every piece of at most {@link LargeValue#PIECE} bytes and the rest. */
  MovedStream(InputStream bytes, Cancellation cancellation, Throttle throttle, LongConsumer moved) {
    super(bytes);
    this.cancellation = cancellation;
    this.throttle = throttle;
    this.moved = moved;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    cancellation.check();
    int read;
    try {
      read = super.read(into, offset, Math.min(length, LargeValue.PIECE));
    } catch (IOException e) {
      failure = new UncheckedIOException(e);
      throw e;
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
    if (read > 0) {
      throttle.take(read, cancellation);
      untold += read;
      if (untold >= LargeValue.PIECE) {
        tell();
      }
    }
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    return in.skip(count);
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** Tells of what is left; called once the writer is done with the value. */
  void tell() {
    if (untold > 0) {
      moved.accept(untold);
      untold = 0;
    }
  }

  /** What the side that is read threw, or null. */
  RuntimeException failure() {
    return failure;
  }
}
