package dev.godwit.extractor.redis.session;

import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri.HostPort;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The hosts that a URI names: a server, nodes of one cluster, or sentinels. */
final class Seeds {
  private static final int PORT = 6379;
  private static final int SENTINEL_PORT = 26379;

  private final StoreAddress address;
  private final Login login;
  private final Optional<String> sentinels;
  private final List<HostPort> hosts;

  Seeds(StoreAddress address, Login login) {
    this.address = address;
    this.login = login;
    this.sentinels =
        address.options().text(ConnectionOptions.SENTINEL).filter(name -> !name.isEmpty());
    int port = sentinels.isPresent() ? SENTINEL_PORT : PORT;
    List<HostPort> named = address.uri().hosts();
    this.hosts =
        (named.isEmpty() ? List.of(new HostPort("127.0.0.1", 0)) : named)
            .stream().map(one -> new HostPort(one.host(), one.portOr(port))).toList();
  }

  /** The server, or the node of the cluster that answered first. */
  RedisServer open() {
    if (sentinels.isPresent()) {
      String name = sentinels.get();
      HostPort primary = first(login.toSentinel(), one -> primary(one, name));
      return new RedisServer(address, primary, "sentinel:" + name, login);
    }
    RedisServer server = first(List.of(login), one -> one);
    if (hosts.size() > 1 && !server.clustered()) {
      throw new GodwitException(
          ExitCode.USAGE,
          server.host() + " is no node of a cluster, so one host is named, not " + hosts.size(),
          "name one; or, if these are sentinels, add ?sentinel=NAME");
    }
    return server;
  }

  /** What the first of the hosts that answers says; the failure of the last where none does. */
  private <T> T first(List<Login> logins, Function<RedisServer, T> question) {
    GodwitException failure = null;
    for (HostPort host : hosts) {
      try {
        return question.apply(server(host, logins));
      } catch (CancelledException e) {
        throw e;
      } catch (GodwitException e) {
        failure = e;
      }
    }
    throw failure;
  }

  /** A host, with the first of the logins that it takes. */
  private RedisServer server(HostPort host, List<Login> logins) {
    String identity = hosts.get(0).host() + ":" + hosts.get(0).port();
    GodwitException failure = null;
    for (Login tried : logins) {
      try {
        return new RedisServer(address, host, identity, tried);
      } catch (CancelledException e) {
        throw e;
      } catch (GodwitException e) {
        failure = e;
      }
    }
    throw failure;
  }

  /** Where the primary of a name is, as a sentinel knows it. */
  private HostPort primary(RedisServer sentinel, String name) {
    try (RedisConnection connection = sentinel.connect()) {
      String doing = "cannot ask the sentinel " + sentinel.host() + " for '" + name + "'";
      Object found = connection.call(doing, "SENTINEL", "get-master-addr-by-name", name);
      if (found instanceof List<?> parts) {
        return new HostPort(text(parts.get(0)), Integer.parseInt(text(parts.get(1))));
      }
      throw new GodwitException(
          login.role().unreachable(),
          "the sentinel " + sentinel.host() + " knows no primary called '" + name + "'",
          "its configuration names them: sentinel monitor NAME ...");
    }
  }

  private static String text(Object answer) {
    return new String((byte[]) answer, StandardCharsets.UTF_8);
  }
}
