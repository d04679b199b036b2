package dev.godwit.testkit.server.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Stands between a client and an HTTP server of this machine, and does harm as it is told. */
public final class FaultyNetwork implements AutoCloseable {
  private static final Fault NONE = new Fault.None();

  private final HttpServer door;
  private final int server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, Reply> last = new ConcurrentHashMap<>();
  private final List<Asked> seen = new CopyOnWriteArrayList<>(); // without bodies
  private volatile Function<Asked, Fault> rule = asked -> NONE;

  /**
   * A request on its way.
   *
   * @param target path and query, as sent
   * @param headers the first value of each, by name in lower case
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
  public record Asked(String method, String target, Map<String, String> headers, byte[] body) {
    /** Whether it is of this method and its target holds that text. */
    public boolean is(String wanted, String part) {
      return method.equals(wanted) && target.contains(part);
    }

    @Override
    public String toString() {
      return method + ' ' + target;
    }
  }

  /** A network to a server at a port of this machine; at first nothing goes wrong. */
  public FaultyNetwork(int server) throws IOException {
    this.server = server;
    this.door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    door.createContext("/", this::pass);
    door.setExecutor(threads);
    door.start();
  }

  /** Where clients connect to. */
  public String endpoint() {
    return "http://127.0.0.1:" + door.getAddress().getPort();
  }

  /** Decides what happens to each further request; called by many threads. */
  public void rule(Function<Asked, Fault> decides) {
    rule = decides;
  }

  /** All requests so far without their bodies, in about the order in which they came. */
  public List<Asked> seen() {
    return List.copyOf(seen);
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new ConcurrentHashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((k, v) -> headers.put(k.toLowerCase(java.util.Locale.ROOT), v.get(0)));
      Asked asked =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              headers,
              exchange.getRequestBody().readAllBytes());
      seen.add(new Asked(asked.method(), asked.target(), asked.headers(), new byte[0]));
      Fault fault = rule.apply(asked);
      if (fault instanceof Fault.Answered answered) {
        error(answered.status(), answered.code()).send(exchange, Long.MAX_VALUE);
      } else if (!(fault instanceof Fault.Broken)) {
        answer(exchange, asked, fault);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange, Asked asked, Fault fault)
      throws IOException, InterruptedException {
    String listKey = asked.target().replaceAll("&?continuation-token=[^&]*", "");
    Reply stale = fault instanceof Fault.Stale ? last.get(listKey) : null;
    Reply reply = stale != null ? stale : Reply.of(server, changed(asked, fault));
    if (asked.is("GET", "list-type=2") && stale == null) {
      last.put(listKey, reply);
    }
    if (fault instanceof Fault.AnswerLost) {
      return;
    }
    if (fault instanceof Fault.Late late) {
      boolean unused = closed.await(late.by().toMillis(), TimeUnit.MILLISECONDS);
    }
    Reply given =
        fault instanceof Fault.Denied denied
            ? error(denied.status(), denied.code())
            : fault instanceof Fault.AnswerBent
                ? reply.bent()
                : fault instanceof Fault.Told told
                    ? reply.with(told.header(), told.value())
                    : reply;
    given.send(exchange, fault instanceof Fault.CutAfter cut ? cut.bytes() : Long.MAX_VALUE);
  }

  private static Asked changed(Asked asked, Fault fault) {
    if (fault instanceof Fault.RequestBent && asked.body().length > 0) {
      return new Asked(asked.method(), asked.target(), asked.headers(), Reply.bent(asked.body()));
    }
    if (fault instanceof Fault.Unheard unheard) {
      Map<String, String> headers = new HashMap<>(asked.headers());
      headers.remove(unheard.header());
      return new Asked(asked.method(), asked.target(), headers, asked.body());
    }
    if (fault instanceof Fault.Asked other) {
      String rest = asked.target().replaceAll("&" + other.parameter() + "=[^&]*", "");
      String target = rest + '&' + other.parameter() + '=' + other.value();
      return new Asked(asked.method(), target, asked.headers(), asked.body());
    }
    return asked;
  }

  private static Reply error(int status, String code) {
    String body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>"
            + code
            + "</Code><Message>injected</Message></Error>";
    return new Reply(
        status, Map.of("Content-Type", "application/xml"), body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    closed.countDown();
    door.stop(0);
    threads.shutdownNow();
  }
}
