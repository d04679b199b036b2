package dev.godwit.cli.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The most memory that a process has had in the machine, heap and all, as Linux counts it. */
final class Peak {
  private Peak() {}

  /** Waits for a command's end and looks at it all the while; in MiB, 0 where none is told. */
  static long of(Launched command) throws InterruptedException {
    long most = 0;
    do {
      most = Math.max(most, now(command.pid()));
    } while (!command.endedWithin(Duration.ofMillis(20)));
    return most >> 10;
  }

  /** The peak so far, in KiB. */
  private static long now(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0; // it has ended
    }
  }
}
