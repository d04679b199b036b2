package dev.godwit.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/**
 * Stands between a client and a server of this machine: a balancer that sends connections to one
 * server or another, or a network that breaks.
 */
public final class Relay implements AutoCloseable {
  private final ServerSocket door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong questions = new AtomicLong();
  private final AtomicLong came = new AtomicLong();
  private volatile long most = Long.MAX_VALUE;
  private final CountDownLatch never = new CountDownLatch(1);
  private volatile Duration way = Duration.ZERO;
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
   * Breaks every connection, and refuses new ones, once so many bytes came from the server, those
   * that came before this was said among them: how many lie in sockets by then, nobody knows.
   */
  public void breakAfter(long bytes) {
    most = bytes;
  }

  /** Has each answer come so much later, as from far away. */
  public void answerAfter(Duration time) {
    way = time;
  }

  /**
   * How often a client had the server's word and spoke again: what a way to a server that is far
   * away would have to be taken for.
   */
  public long questions() {
    return questions.get();
  }

  private void welcome() {
    try {
      while (true) {
        Socket client = opened(door.accept());
        Socket server = opened(new Socket(InetAddress.getLoopbackAddress(), target));
        AtomicBoolean answered = new AtomicBoolean(true);
        start(() -> pass(client, server, read -> countQuestion(answered)));
        start(() -> pass(server, client, read -> countAnswer(answered, read)));
      }
    } catch (IOException e) {
      close();
    }
  }

  /** What comes in goes out at once: the ways to and fro are the relay's own. */
  private Socket opened(Socket socket) throws IOException {
    open.add(socket);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private void countQuestion(AtomicBoolean answered) {
    if (answered.getAndSet(false)) {
      questions.incrementAndGet();
    }
  }

  private void countAnswer(AtomicBoolean answered, int bytes) {
    if (!answered.get()) {
      try {
        boolean unused = never.await(way.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      answered.set(true); // and not before: what is asked on the way belongs to the same question
    }
    if (came.addAndGet(bytes) > most) {
      close();
    }
  }

  private void pass(Socket from, Socket to, IntConsumer counted) {
    byte[] buffer = new byte[16 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read; (read = in.read(buffer)) >= 0; ) {
        counted.accept(read);
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
