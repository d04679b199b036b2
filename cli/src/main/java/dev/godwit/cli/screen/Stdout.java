package dev.godwit.cli.screen;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** What the process writes its data to; tells where nobody reads it any more, or it is full. */
final class Stdout extends OutputStream {
  private final OutputStream below;

  Stdout() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  Stdout(OutputStream below) {
    this.below = below;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    try {
      below.write(bytes, from, count);
    } catch (IOException e) {
      // The text of EPIPE is all that the JVM tells of it.
      throw "Broken pipe".equals(e.getMessage())
          ? new ReaderLeftException(e)
          : new UnwrittenException(e);
    }
  }
}
