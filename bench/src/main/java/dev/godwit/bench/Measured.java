package dev.godwit.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What one command took, as a whole process with its children.
 *
 * @param wall seconds from start to end
 * @param cpu seconds of user and system time
 * @param peak resident memory at its highest, in MiB, summed over the processes alive together
 */
record Measured(double wall, double cpu, double peak) {
  /** How often memory is looked at; a peak that comes and goes between two looks is missed. */
  private static final long LOOK_MILLIS = 15;

  /**
   * Runs a command to its end.
   *
   * @throws IOException if it does not exit with 0; with what it printed
   */
  static Measured run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path times = Files.createTempFile("bench", ".times");
    File output = File.createTempFile("bench", ".out");
    // The shell's own `time` gives the processor time of all children once they are reaped.
    ProcessBuilder builder =
        new ProcessBuilder(
            "bash",
            "-c",
            "TIMEFORMAT='%R %U %S'; { time \"$@\" >\"$OUTPUT\" 2>&1 ; } 2>\"$TIMES\"",
            "bench");
    builder.command().addAll(command);
    builder.environment().putAll(environment);
    builder.environment().put("TIMES", times.toString());
    builder.environment().put("OUTPUT", output.toString());
    Process process = builder.start();
    double peak = 0;
    do {
      peak = Math.max(peak, resident(process.toHandle()));
    } while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS));
    if (process.exitValue() != 0) {
      throw new IOException(
          "exit "
              + process.exitValue()
              + ": "
              + command
              + "\n"
              + Files.readString(output.toPath()));
    }
    String[] figures = Files.readString(times).strip().split(" ", 3);
    Files.delete(times);
    Files.delete(output.toPath());
    return new Measured(
        Double.parseDouble(figures[0]),
        Double.parseDouble(figures[1]) + Double.parseDouble(figures[2]),
        peak);
  }

  private static double resident(ProcessHandle shell) {
    return shell.descendants().mapToDouble(Measured::residentOf).sum();
  }

  private static double residentOf(ProcessHandle process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
          .sum();
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0; // It has just ended.
    }
  }
}
