package dev.godwit.cli;

import dev.godwit.cli.screen.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Loads the classes that commands need, for the archive that the launcher makes: runs a few command
 * lines that end at once and touch nothing, and loads, without running them, the classes that a
 * backup or a restore would: a quarter of the time of a small backup would go into reading and
 * verifying them one by one.
 */
final class WarmUp {
  private WarmUp() {}

  /** The jars whose classes are in the way of records; the demo's server is not. */
  private static final List<String> JARS =
      List.of("godwit", "arrow", "flatbuffers", "jackson", "postgresql", "zstd", "jdbi", "slf4j");

  /** Run by the launcher with {@code -XX:DumpLoadedClassList}. */
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
    Path lib = Path.of(System.getProperty("java.class.path")).toAbsolutePath().getParent();
    try (Stream<Path> files = Files.list(lib)) {
      files.filter(WarmUp::onTheWay).sorted().forEach(WarmUp::loadAll);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean onTheWay(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".jar") && JARS.stream().anyMatch(name::startsWith);
  }

  private static void loadAll(Path jar) {
    try (JarFile entries = new JarFile(jar.toFile())) {
      entries.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.contains("-"))
          .forEach(WarmUp::load);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void load(String entry) {
    String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
    try {
      Class.forName(name, false, WarmUp.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      // One that serves a library which is not here; no command can need it.
    }
  }

  private static void run(String... commandLine) {
    OutputStream nothing = OutputStream.nullOutputStream();
    PrintStream silence = new PrintStream(nothing, true, StandardCharsets.UTF_8);
    int unused =
        Godwit.run(new Terminal(nothing, silence, Map.of(), false, false, false, 80), commandLine);
  }
}
