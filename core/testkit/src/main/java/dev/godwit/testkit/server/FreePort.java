package dev.godwit.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that are told theirs. Below those that systems hand out to whoever asks for any
 * (from 32768 on), so that no connection takes one between the choice and the server's start; and
 * each is held until this JVM ends, so that no other test takes one either, nor that of a server
 * which is stopped to be started again.
 */
public final class FreePort {
  private static final int LOWEST = 10_000;
  private static final int HIGHEST = 22_000;

  /** Nodes of a cluster of Redis speak to each other so far above their port. */
  private static final int BUS = 10_000;

  /** A byte for each port; whoever has locked it has the port. The system unlocks it at his end. */
  private static final FileChannel HELD = open();

  private FreePort() {}

  /** A port of 127.0.0.1 that nobody listens at just now, nor 10,000 above it. */
  public static int choose() {
    int port;
    do {
      port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
    } while (!hold(port) || !hold(port + BUS) || !isFree(port) || !isFree(port + BUS));
    return port;
  }

  private static FileChannel open() {
    Path file =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "godwit-test-ports-" + System.getProperty("user.name"));
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hold(int port) {
    try {
      FileLock lock = HELD.tryLock(port, 1, false);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this JVM has it already
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
