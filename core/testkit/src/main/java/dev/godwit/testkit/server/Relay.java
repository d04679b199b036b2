package dev.godwit.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and a server of this machine: a balancer that sends connections to one
 * server or another, or a network that breaks.
 */
public final class Relay implements AutoCloseable {
  private final ServerSocket door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);
  private volatile int target;

  /** A relay to a server at a port of this machine. */
  public Relay(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::welcome);
  }

  /** Where clients connect to. */
  public int port() {
    return door.getLocalPort();
  }

  /** Sends further connections to another server. */
  public void sendTo(int port) {
    target = port;
  }

  /**
   * Breaks every connection, and refuses new ones, once so many bytes more came from the server.
   */
  public void breakAfter(long bytes) {
    room.set(bytes);
  }

  private void welcome() {
    try {
      while (true) {
        Socket client = door.accept();
        open.add(client);
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(server);
        start(() -> pass(client, server, false));
        start(() -> pass(server, client, true));
      }
    } catch (IOException e) {
      close();
    }
  }

  private void pass(Socket from, Socket to, boolean counted) {
    byte[] buffer = new byte[16 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read; (read = in.read(buffer)) >= 0; ) {
        if (counted && room.addAndGet(-read) < 0) {
          close();
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // One side has ended; closing tells the other.
    }
    open.remove(from);
    open.remove(to);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  /** Breaks everything. */
  @Override
  public void close() {
    shut(door);
    open.forEach(Relay::shut);
  }

  private static void shut(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // It is broken, which is what was wanted.
    }
  }
}
