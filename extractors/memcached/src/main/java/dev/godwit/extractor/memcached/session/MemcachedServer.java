package dev.godwit.extractor.memcached.session;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.Role;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One server: how connections to it are opened, and what it says of itself. */
public final class MemcachedServer {
  /** Meta commands take binary keys since 1.6.10, and the crawler walks the hash table. */
  private static final int OLDEST = 10;

  private static final String VERSION = "VERSION ";
  private static final int SOCKET_BUFFER = 256 << 10;

  private final String name;
  private final int port;
  private final Options options;
  private final Supplier<Optional<Login>> login;
  private final Role role;
  private final Cancellation cancellation;
  private final MemcachedFailure failures;
  private final String version;
  private final Map<String, String> settings;
  private final long largestItem;

  /**
   * User and password, as one text with a blank between.
   *
   * @param text never shown
   */
  record Login(dev.godwit.spi.store.Secret text) {}

  MemcachedServer(
      String name,
      int port,
      Options options,
      Supplier<Optional<Login>> login,
      Role role,
      Cancellation cancellation) {
    this.name = name;
    this.port = port;
    this.options = options;
    this.login = login;
    this.role = role;
    this.cancellation = cancellation;
    this.failures = new MemcachedFailure(role, host(), cancellation);
    try (MemcachedConnection connection = connect()) {
      this.version = version(connection);
      connection.send("stats settings");
      this.settings = connection.statistics("cannot read the settings of " + host());
      String largest = setting("item_size_max");
      this.largestItem = largest.matches("[0-9]{1,18}") ? Long.parseLong(largest) : Long.MAX_VALUE;
    } catch (IOException e) {
      throw failures.lost(e);
    }
  }

  private String version(MemcachedConnection connection) throws IOException {
    String line = connection.ask("version");
    if (!line.startsWith(VERSION)) {
      throw failures.refused("cannot ask what answers at " + host(), line);
    }
    String said = line.substring(VERSION.length());
    if (older(said)) {
      throw new GodwitException(
          ExitCode.FAILED,
          host() + " is Memcached " + said + ", which is too old",
          "1.6." + OLDEST + " or newer is needed: older ones know no meta commands for every key");
    }
    return said;
  }

  private static boolean older(String version) {
    String[] parts = version.split("[.-]", 4);
    try {
      int[] numbers = {
        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2])
      };
      return numbers[0] < 1
          || (numbers[0] == 1 && numbers[1] < 6)
          || (numbers[0] == 1 && numbers[1] == 6 && numbers[2] < OLDEST);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return false; // one of its own; its answers will tell
    }
  }

  /**
   * Opens a connection, logged in where the server wants it.
   *
   * @throws GodwitException with the role's exit code where host or login do not answer
   */
  public MemcachedConnection connect() {
    Socket socket = reach();
    try {
      MemcachedConnection connection = new MemcachedConnection(socket, failures);
      logIn(connection);
      return connection;
    } catch (IOException e) {
      discard(socket);
      throw failures.lost(e);
    } catch (RuntimeException e) {
      discard(socket);
      throw e;
    }
  }

  /** Opens a connection in the binary protocol, which a server that wants a login does not take. */
  public BinaryConnection connectBinary() {
    Socket socket = reach();
    try {
      return new BinaryConnection(socket, failures);
    } catch (IOException e) {
      discard(socket);
      throw failures.lost(e);
    }
  }

  private Socket reach() {
    cancellation.check();
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.setSendBufferSize(SOCKET_BUFFER);
      socket.connect(
          new InetSocketAddress(name, port), (int) options.number(ConnectionOptions.CONNECT));
      socket.setSoTimeout((int) options.number(ConnectionOptions.ANSWER));
      return socket;
    } catch (IOException e) {
      discard(socket);
      throw failures.lost(e);
    }
  }

  private static void discard(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It never was a connection.
    }
  }

  /**
   * Logs in by {@code set}, as a server with a {@code -Y} file wants it. It is asked first: any
   * other server would keep the password as an item. And it is asked for its version, since newer
   * ones that want a login hang up on a shorter command.
   */
  private void logIn(MemcachedConnection connection) throws IOException {
    String line = connection.ask("version");
    if (line.startsWith(VERSION)) {
      return;
    }
    Optional<Login> known =
        line.contains("unauthenticated") ? login.get() : Optional.<Login>empty();
    if (known.isEmpty()) {
      throw refusedAtFirst(line);
    }
    byte[] secret = known.get().text().reveal().getBytes(StandardCharsets.UTF_8);
    connection.send("set godwit 0 0 " + secret.length);
    connection.send(secret, 0, secret.length);
    String answer = connection.ask("");
    if (!answer.equals("STORED")) {
      throw failures.refused("cannot log in to " + host(), answer);
    }
  }

  private GodwitException refusedAtFirst(String line) {
    if (line.contains("unauthenticated")) {
      return failures.refused("cannot ask what answers at " + host(), line);
    }
    return new GodwitException(
        role.unreachable(),
        host() + " is no Memcached: it said '" + MemcachedFailure.told(line) + "'",
        "name host and port of a Memcached 1.6." + OLDEST + " or newer");
  }

  /** Host and port, for people; it is all the identity that a server has. */
  public String host() {
    return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
  }

  /** The host alone, as it was named. */
  public String name() {
    return name;
  }

  /** The port. */
  public int port() {
    return port;
  }

  /** As the server says it, such as {@code 1.6.18}. */
  public String version() {
    return version;
  }

  /** One of its settings; empty where it has none of that name. */
  public String setting(String key) {
    return settings.getOrDefault(key, "");
  }

  /** What an item may take, with its key and what the server keeps of it, in bytes. */
  public long largestItem() {
    return largestItem;
  }

  /** Its statistics, asked anew. */
  public Map<String, String> statistics() {
    try (MemcachedConnection connection = connect()) {
      connection.send("stats");
      return connection.statistics("cannot read the statistics of " + host());
    } catch (IOException e) {
      throw failures.lost(e);
    }
  }

  /** A number among statistics; 0 where it is not told. */
  public static long number(Map<String, String> statistics, String name) {
    String told = statistics.getOrDefault(name, "0");
    return told.matches("[0-9]{1,18}") ? Long.parseLong(told) : 0;
  }

  /** Says why something failed. */
  public MemcachedFailure failures() {
    return failures;
  }
}
