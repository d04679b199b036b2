package dev.godwit.cli.screen;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;

/** Standard output as it is once nobody reads it any more: a real pipe, its other end closed. */
public final class BrokenPipe {
  private BrokenPipe() {}

  /** The buffered output. */
  public static OutputStream out() throws IOException {
    Pipe pipe = Pipe.open();
    pipe.source().close();
    return new BufferedOutputStream(new Stdout(Channels.newOutputStream(pipe.sink())), 1 << 16);
  }
}
