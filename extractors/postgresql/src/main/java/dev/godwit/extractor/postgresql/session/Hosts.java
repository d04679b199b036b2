package dev.godwit.extractor.postgresql.session;

import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a server is: the hosts of its URI, or the folder of its Unix socket. Without either, as
 * with PostgreSQL's own programs, PGHOST and PGPORT say it, else it is this machine.
 *
 * @param hosts names and ports; one that stands for this machine where there is a socket
 * @param socket the socket file
 */
record Hosts(List<StoreUri.HostPort> hosts, Optional<Path> socket) {
  private static final int DEFAULT_PORT = 5432;

  static Hosts of(StoreAddress address) {
    int port = port(address);
    List<StoreUri.HostPort> written =
        address.uri().hosts().stream()
            .map(h -> new StoreUri.HostPort(h.host(), h.portOr(port)))
            .toList();
    if (!written.isEmpty()) {
      return new Hosts(written, Optional.empty());
    }
    String host =
        address
            .options()
            .text(SessionOptions.HOST)
            .or(() -> Optional.ofNullable(System.getenv("PGHOST")))
            .orElse("localhost");
    if (host.startsWith("/")) {
      return new Hosts(
          List.of(new StoreUri.HostPort("localhost", port)),
          Optional.of(Path.of(host, ".s.PGSQL." + port)));
    }
    return new Hosts(List.of(new StoreUri.HostPort(host, port)), Optional.empty());
  }

  private static int port(StoreAddress address) {
    long option = address.options().number(SessionOptions.PORT);
    if (option > 0) {
      return (int) Math.min(option, 65_535);
    }
    String environment = System.getenv("PGPORT");
    return environment != null && environment.matches("[0-9]{1,5}")
        ? Integer.parseInt(environment)
        : DEFAULT_PORT;
  }

  /** The driver's URL of a database. */
  String url(String database) {
    return "jdbc:postgresql://"
        + names()
        + "/"
        + URLEncoder.encode(database, StandardCharsets.UTF_8);
  }

  private String names() {
    return hosts.stream().map(StoreUri.HostPort::toString).collect(Collectors.joining(","));
  }

  /** For people. */
  String display() {
    return socket.map(Path::toString).orElse(names());
  }
}
