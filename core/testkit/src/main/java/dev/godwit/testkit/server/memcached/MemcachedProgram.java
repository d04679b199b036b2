package dev.godwit.testkit.server.memcached;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the program of a server: the one whose path {@code GODWIT_TEST_MEMCACHED} gives, else
 * {@code memcached} on the PATH.
 */
final class MemcachedProgram {
  private MemcachedProgram() {}

  static Optional<Path> find() {
    String given = System.getenv("GODWIT_TEST_MEMCACHED");
    if (given != null && !given.isEmpty()) {
      return Optional.of(Path.of(given));
    }
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder).resolve("memcached"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
