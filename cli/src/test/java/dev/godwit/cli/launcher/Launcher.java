package dev.godwit.cli.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The distribution that the build made, run as a process of its own. */
final class Launcher {
  /** What {@code mvn package} makes. */
  static final Path HOME = Path.of("target/godwit").toAbsolutePath();

  private static final long MINUTES = 10;

  /** How a process ended. */
  record Ended(int status, String out, String err) {}

  private Launcher() {}

  static Ended run(Path folder, String... arguments) {
    return await(start(folder, arguments), folder);
  }

  /** Starts it; what it writes goes into the folder. */
  static Process start(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/godwit").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("GODWIT_ARCHIVE", "never");
    // However busy the machine is, a run that is told to end is not ended by force.
    String patient = "-Dgodwit.patience.millis=" + TimeUnit.MINUTES.toMillis(MINUTES);
    builder.environment().put("GODWIT_JAVA_OPTS", patient + " -Djava.io.tmpdir=" + folder);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Ended await(Process process, Path folder) {
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("did not end within ten minutes");
      }
      return new Ended(
          process.exitValue(),
          Files.readString(folder.resolve("out"), StandardCharsets.UTF_8),
          Files.readString(folder.resolve("err"), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
