package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One command of the distribution, as a process of its own that can be hurt. */
final class Launched {
  /** What the build made. */
  static final Path PROGRAM = Path.of("target", "godwit", "bin", "godwit").toAbsolutePath();

  private final Process process;
  private final Path output;

  private Launched(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static Launched of(String... arguments) throws IOException {
    return in(Map.of(), arguments);
  }

  /** One that the system ends once it has taken so much time of processors. */
  static Launched within(Duration processor, String... arguments) throws IOException {
    String limited = "ulimit -t " + processor.toSeconds() + "; exec \"$0\" \"$@\"";
    return start(Map.of(), List.of("sh", "-c", limited, PROGRAM.toString()), arguments);
  }

  /** One with these variables added to its environment. */
  static Launched in(Map<String, String> environment, String... arguments) throws IOException {
    return start(environment, List.of(PROGRAM.toString()), arguments);
  }

  private static Launched start(
      Map<String, String> environment, List<String> program, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("godwit-launched", ".out");
    output.toFile().deleteOnExit();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new Launched(builder.start(), output);
  }

  long pid() {
    return process.pid();
  }

  /** Lets it run for a while; whether it ended by itself within that time. */
  boolean endedWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Kills it, so that it can do nothing more, and waits until it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Sends a signal by its name, such as {@code INT}. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for its end; its exit status. */
  int status() throws InterruptedException {
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("ends").isTrue();
    return process.exitValue();
  }

  String printed() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
