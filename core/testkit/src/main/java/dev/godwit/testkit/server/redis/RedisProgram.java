package dev.godwit.testkit.server.redis;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The program of a server.
 *
 * @param path where it lies
 * @param name who it is, such as {@code Redis 6.2.6}; the display name of tests
 */
public record RedisProgram(Path path, String name) {
  private static final Pattern VERSION = Pattern.compile("^(\\w+) server v=(\\S+)");
  private static List<RedisProgram> found;

  /**
   * The one that tests run on: whose path {@code GODWIT_TEST_REDIS} gives, else the one that Maven
   * Central brings for this machine, else the first on the PATH.
   */
  public static RedisProgram chosen() {
    return all().get(0);
  }

  /** The chosen one, where its first number is at least this, else the first that has such. */
  public static RedisProgram atLeast(int major) {
    return all().stream().filter(program -> program.major() >= major).findFirst().orElseThrow();
  }

  /**
   * The chosen one, then every {@code redis-server} and {@code valkey-server} of another version on
   * the PATH, for tests of what differs between versions. Which they are is printed.
   */
  public static synchronized List<RedisProgram> all() {
    if (found == null) {
      List<RedisProgram> programs = new ArrayList<>();
      Stream.concat(given().or(RedisProgram::bundled).stream(), onPath())
          .map(path -> new RedisProgram(path, ask(path)))
          .filter(one -> programs.stream().noneMatch(known -> known.name.equals(one.name)))
          .forEach(programs::add);
      if (programs.isEmpty()) {
        throw new IllegalStateException(
            "no Redis for this machine: let GODWIT_TEST_REDIS name a program");
      }
      System.out.println("tests of versions of Redis run against " + programs);
      found = List.copyOf(programs);
    }
    return found;
  }

  private static Optional<Path> given() {
    return Optional.ofNullable(System.getenv("GODWIT_TEST_REDIS"))
        .filter(text -> !text.isEmpty())
        .map(Path::of);
  }

  private static Optional<Path> bundled() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.empty();
    }
    String name =
        switch (System.getProperty("os.arch")) {
          case "amd64" -> "redis-server-6.2.6-v5-linux-amd64";
          case "aarch64" -> "redis-server-6.2.7-linux-arm64";
          default -> "none";
        };
    try (InputStream program = RedisProgram.class.getResourceAsStream("/" + name)) {
      if (program == null) {
        return Optional.empty();
      }
      Path file = Files.createTempFile("godwit-test-", "-redis-server");
      file.toFile().deleteOnExit();
      Files.copy(program, file, StandardCopyOption.REPLACE_EXISTING);
      return file.toFile().setExecutable(true) ? Optional.of(file) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> onPath() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> Stream.of("redis-server", "valkey-server").map(Path.of(folder)::resolve))
        .filter(Files::isExecutable);
  }

  private static String ask(Path program) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      Matcher version = VERSION.matcher(said);
      if (!version.find()) {
        throw new IllegalStateException(program + " is no Redis: " + said);
      }
      return version.group(1) + " " + version.group(2);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first number of its version; of Valkey its own. */
  public int major() {
    return Integer.parseInt(name.replaceAll("^.* (\\d+)\\..*$", "$1"));
  }

  @Override
  public String toString() {
    return name;
  }
}
