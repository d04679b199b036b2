package dev.godwit.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that are told theirs. Below those that systems hand out to whoever asks for any
 * (from 32768 on), so that no connection takes one between the choice and the server's start; and
 * no other test does, for each port is chosen once while its process lives.
 */
public final class FreePort {
  private static final int LOWEST = 10_000;
  private static final int HIGHEST = 20_000;

  /** Nodes of a cluster of Redis speak to each other so far above their port. */
  private static final int BUS = 10_000;

  /** A file in which the byte of each port that was chosen is locked until the process ends. */
  private static final FileChannel CHOSEN = open();

  private FreePort() {}

  private static FileChannel open() {
    String name = "godwit-test-ports-" + System.getProperty("user.name");
    Path file = Path.of(System.getProperty("java.io.tmpdir"), name);
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port of 127.0.0.1 that nobody listens at just now, nor 10,000 above it. */
  public static int choose() {
    int port;
    do {
      port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
    } while (!isFree(port) || !isFree(port + BUS) || !isMine(port));
    return port;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /** Nobody else chose it, in this process or another. */
  private static boolean isMine(int port) {
    try {
      return CHOSEN.tryLock(port, 1, false) != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
