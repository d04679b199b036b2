package dev.godwit.testkit.server;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A program of the system that a test works with, such as {@code rsync}. */
public final class InstalledProgram {
  private final Path program;
  private final Map<String, String> environment;

  private InstalledProgram(Path program, Map<String, String> environment) {
    this.program = program;
    this.environment = Map.copyOf(environment);
  }

  /**
   * The program of this name on the PATH. Where it is missing, the tests of the class fail on a
   * build server ({@code CI=true}); elsewhere they are skipped, and that is said.
   *
   * @param environment what it is told beside what this process was
   */
  public static InstalledProgram require(String name, Map<String, String> environment) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(path -> new InstalledProgram(path, environment))
        .orElseGet(() -> missing("no " + name + " on the PATH: install Debian's package " + name));
  }

  private static InstalledProgram missing(String why) {
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(why);
    }
    System.err.println("SKIPPED: " + why);
    return Assumptions.abort(why);
  }

  /**
   * Runs it to its end.
   *
   * @throws IOException if it fails; the message is what it said
   */
  public void run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // What a machine sets for clouds is for its own programs.
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(program.getFileName() + " ended with " + status + ": " + said);
    }
  }
}
