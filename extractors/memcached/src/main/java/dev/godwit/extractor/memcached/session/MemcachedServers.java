package dev.godwit.extractor.memcached.session;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.Role;
import dev.godwit.spi.store.Secret;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreInfo;
import dev.godwit.spi.store.StoreUri;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The servers that a URI names, in its order: together they are one cache.
 *
 * @param all at least one
 */
public record MemcachedServers(List<MemcachedServer> all) {
  /** What a server that reads and writes is called. */
  public static final String ENGINE = "memcached";

  /** The port of a server where none is named. */
  public static final int PORT = 11211;

  /** Copies the list. */
  public MemcachedServers {
    all = List.copyOf(all);
  }

  /**
   * Connects to each and asks who answers.
   *
   * @throws GodwitException {@code USAGE} for a path or a server named twice; with the role's exit
   *     code where host or login do not answer
   */
  public static MemcachedServers open(StoreAddress address, Role role, PluginContext context) {
    context.cancellation().check();
    StoreUri uri = address.uri();
    if (!uri.path().isEmpty()) {
      throw new GodwitException(
          ExitCode.USAGE,
          "a cache has no databases: '" + uri.path() + "' names none",
          "write memcached://host:11211, or several hosts with commas between");
    }
    List<StoreUri.HostPort> hosts =
        uri.hosts().isEmpty() ? List.of(new StoreUri.HostPort("127.0.0.1", PORT)) : uri.hosts();
    Logins logins = new Logins(address);
    List<MemcachedServer> servers = new ArrayList<>();
    Set<String> named = new HashSet<>();
    for (StoreUri.HostPort host : hosts) {
      MemcachedServer server =
          new MemcachedServer(
              host.host(),
              host.portOr(PORT),
              address.options(),
              logins::login,
              role,
              context.cancellation());
      if (!named.add(server.host())) {
        throw new GodwitException(
            ExitCode.USAGE, server.host() + " is named twice", "name each server once");
      }
      servers.add(server);
    }
    return new MemcachedServers(servers);
  }

  /** What answered. A server has no id of its own, so hosts and ports are their identity. */
  public StoreInfo info() {
    String versions =
        all.stream().map(MemcachedServer::version).distinct().collect(Collectors.joining(", "));
    return new StoreInfo(ENGINE, versions, hosts());
  }

  /** Hosts and ports, with commas between. */
  public String hosts() {
    return all.stream().map(MemcachedServer::host).collect(Collectors.joining(","));
  }

  /** Finds user and password once they are asked for; a terminal is asked once. */
  private static final class Logins {
    private final StoreUri uri;
    private final PasswordSource password;
    private Optional<Secret> found;

    Logins(StoreAddress address) {
      this.uri = address.uri();
      this.password = address.password();
    }

    private synchronized Optional<MemcachedServer.Login> login() {
      if (uri.user().isEmpty()) {
        return Optional.empty();
      }
      if (found == null) {
        found = password.given().or(uri::password).or(() -> password.prompt(uri.display()));
      }
      return found.map(
          secret -> new MemcachedServer.Login(Secret.of(uri.user().get() + " " + secret.reveal())));
    }
  }
}
