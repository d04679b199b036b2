package dev.godwit.testkit.server.redis;

import dev.godwit.testkit.server.FreePort;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.commands.ProtocolCommand;

/**
 * A real server of one's own, which saves nothing and stops with the JVM at the latest.
 *
 * @see RedisProgram which program it is
 */
public final class RedisServer implements AutoCloseable {
  /** A busy machine with a slow disk takes its time; the library's own patience is two seconds. */
  private static final JedisClientConfig PATIENT =
      DefaultJedisClientConfig.builder().timeoutMillis(300_000).build();

  private final Process process;
  private final Path folder;
  private final int port;
  private final Connection connection;

  private RedisServer(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
    this.connection =
        new Connection(new DefaultJedisSocketFactory(new HostAndPort("127.0.0.1", port), PATIENT));
  }

  /**
   * Starts a server.
   *
   * @param settings further words of its command line, such as {@code --maxmemory 10mb}
   */
  public static RedisServer start(String... settings) {
    return start(RedisProgram.chosen(), settings);
  }

  /** Starts a server of a version. */
  public static RedisServer start(RedisProgram program, String... settings) {
    return start("ready to accept connections", program, settings);
  }

  /**
   * Starts a server that loads what another has saved, and takes 100 ms over each key. It answers
   * whenever it has read 2 MiB.
   */
  public static RedisServer loading(RedisProgram program, RedisServer saved) {
    String[] slowly = {"--dir", saved.folder.toString(), "--key-load-delay", "100000"};
    return start("loading rdb produced", program, slowly);
  }

  private static RedisServer start(String ready, RedisProgram program, String... settings) {
    List<String> command = new ArrayList<>();
    int port = FreePort.choose();
    command.add(program.path().toString());
    command.addAll(
        List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--appendonly", "no"));
    Path folder = folder();
    command.addAll(List.of("--save", "", "--dir", folder.toString()));
    command.addAll(List.of("--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0"));
    command.addAll(List.of(settings));
    return launch(command, port, folder, ready);
  }

  /**
   * Starts a sentinel that watches a server.
   *
   * @param name what it calls the server
   * @param settings further lines of its configuration
   */
  public static RedisServer sentinel(String name, RedisServer watched, String... settings) {
    try {
      int port = FreePort.choose();
      Path folder = folder();
      Path file = folder.resolve("sentinel.conf");
      List<String> lines = new ArrayList<>(List.of("port " + port, "bind 127.0.0.1"));
      lines.add("sentinel monitor " + name + " 127.0.0.1 " + watched.port() + " 1");
      lines.addAll(List.of(settings));
      Files.write(file, lines);
      String program = RedisProgram.chosen().path().toString();
      return launch(
          List.of(program, file.toString(), "--sentinel"), port, folder, "+monitor master");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder of its own: servers load what others left. */
  private static Path folder() {
    try {
      return Files.createTempDirectory("godwit-test-redis-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RedisServer launch(List<String> command, int port, Path folder, String ready) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, folder)));
      waitUntil(ready, process);
      return new RedisServer(process, folder, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void waitUntil(String ready, Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line; (line = lines.readLine()) != null; ) {
      said.append(line).append('\n');
      if (line.toLowerCase(java.util.Locale.ROOT).contains(ready)) {
        Thread rest = new Thread(() -> drain(lines));
        rest.setDaemon(true);
        rest.start();
        return;
      }
    }
    throw new IllegalStateException("the server did not start:\n" + said);
  }

  /** A server whose output nobody reads would stop once the pipe is full. */
  private static void drain(BufferedReader lines) {
    try {
      String line = lines.readLine();
      while (line != null) {
        line = lines.readLine();
      }
    } catch (IOException e) {
      // It was stopped.
    }
  }

  /** The port that it listens at on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** The URI by which Godwit knows all databases of it. */
  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** The URI by which Godwit knows one database of it. */
  public String uri(int database) {
    return uri() + "/" + database;
  }

  /** Runs a command on the connection of the tests; an error is thrown. */
  public synchronized Object call(String command, String... arguments) {
    byte[][] raw = new byte[arguments.length][];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = arguments[i].getBytes(StandardCharsets.UTF_8);
    }
    return callRaw(command, raw);
  }

  /** Runs a command of binary arguments. */
  public synchronized Object callRaw(String command, byte[]... arguments) {
    connection.sendCommand(word(command), arguments);
    return connection.getOne();
  }

  /** Runs a command that answers with text. */
  public String text(String command, String... arguments) {
    Object answer = call(command, arguments);
    return answer instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(answer);
  }

  /** Runs many commands without waiting for each. */
  public synchronized void callMany(Iterable<List<String>> commands) {
    int sent = 0;
    for (List<String> command : commands) {
      connection.sendCommand(
          word(command.get(0)), command.subList(1, command.size()).toArray(new String[0]));
      if (++sent == 1000) {
        check(connection.getMany(sent));
        sent = 0;
      }
    }
    check(connection.getMany(sent));
  }

  /**
   * Runs commands of binary words without waiting for each; their answers in the same order. So
   * many at a time, that neither side waits for the other to take what it says.
   */
  public synchronized List<Object> callTogether(List<List<byte[]>> commands) {
    for (List<byte[]> command : commands) {
      byte[] name = command.get(0);
      connection.sendCommand(() -> name, command.subList(1, command.size()).toArray(new byte[0][]));
    }
    List<Object> answers = connection.getMany(commands.size());
    check(answers);
    return answers;
  }

  private static void check(List<Object> answers) {
    for (Object answer : answers) {
      if (answer instanceof RuntimeException e) {
        throw e;
      }
    }
  }

  private static ProtocolCommand word(String command) {
    byte[] raw = command.getBytes(StandardCharsets.UTF_8);
    return () -> raw;
  }

  /** The version that the server says, such as {@code 6.2.6}. */
  public String version() {
    return text("INFO", "server")
        .lines()
        .filter(line -> line.startsWith("redis_version:"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  /** Whether the server is of this version or newer. */
  public boolean atLeast(int major, int minor) {
    String version = version();
    int dot = version.indexOf('.');
    int second = version.indexOf('.', dot + 1);
    int has =
        Integer.parseInt(version.substring(0, dot)) * 1000
            + Integer.parseInt(version.substring(dot + 1, second));
    return has >= major * 1000 + minor;
  }

  /** Whether the server knows a command. */
  public boolean has(String command) {
    Object known = ((List<?>) call("COMMAND", "INFO", command)).get(0);
    return known instanceof List<?> list && !list.isEmpty();
  }

  /** Ends the process at once, as a crash would; the connection of the tests is lost. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  private static void end(Process process, Path folder) {
    process.destroyForcibly().onExit().join();
    File[] files = folder.toFile().listFiles();
    for (File file : files == null ? new File[0] : files) {
      boolean ignored = file.delete();
    }
    boolean ignored = folder.toFile().delete();
  }

  @Override
  public void close() {
    connection.close();
    end(process, folder);
  }
}
