package dev.godwit.cli;

import dev.godwit.cli.screen.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Loads the classes that commands need to start, for the archive that the launcher makes: runs a
 * few command lines that end at once and touch nothing.
 */
final class WarmUp {
  private WarmUp() {}

  /** Run by the launcher with {@code -XX:ArchiveClassesAtExit}. */
  public static void main(String[] arguments) {
    run("--version");
    run("help");
    run("help", "backup");
    run("list", "/nonexistent/vault");
    run("list", "/nonexistent/vault", "--unknown");
    run(
        "backup",
        "postgresql://nobody@127.0.0.1:1/none",
        "/nonexistent/vault",
        "--init",
        "--dry-run");
    run("restore", "/nonexistent/vault", "postgresql://nobody@127.0.0.1:1/none", "-q");
  }

  private static void run(String... commandLine) {
    OutputStream nothing = OutputStream.nullOutputStream();
    PrintStream silence = new PrintStream(nothing, true, StandardCharsets.UTF_8);
    int unused =
        Godwit.run(new Terminal(nothing, silence, Map.of(), false, false, false, 80), commandLine);
  }
}
