package dev.godwit.testkit.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that are told theirs. Below those that systems hand out to whoever asks for any
 * (from 32768 on), so that no connection takes one between the choice and the server's start.
 */
public final class FreePort {
  private static final int LOWEST = 10_000;
  private static final int HIGHEST = 22_000;

  /** Nodes of a cluster of Redis speak to each other so far above their port. */
  private static final int BUS = 10_000;

  private FreePort() {}

  /** A port of 127.0.0.1 that nobody listens at just now, nor 10,000 above it. */
  public static int choose() {
    int port;
    do {
      port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
    } while (!isFree(port) || !isFree(port + BUS));
    return port;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
