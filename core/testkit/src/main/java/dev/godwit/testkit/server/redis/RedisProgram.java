package dev.godwit.testkit.server.redis;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the program of a server: the one whose path {@code GODWIT_TEST_REDIS} gives, else the one
 * that Maven Central brings for this machine, else {@code redis-server} or {@code valkey-server} on
 * the PATH.
 */
final class RedisProgram {
  private static Path found;

  private RedisProgram() {}

  static synchronized Path find() {
    if (found == null) {
      String given = System.getenv("GODWIT_TEST_REDIS");
      found =
          given != null && !given.isEmpty()
              ? Path.of(given)
              : bundled()
                  .or(RedisProgram::onPath)
                  .orElseThrow(
                      () ->
                          new IllegalStateException(
                              "no Redis for this machine: let GODWIT_TEST_REDIS name a program"));
    }
    return found;
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

  private static Optional<Path> onPath() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> Stream.of("redis-server", "valkey-server").map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
