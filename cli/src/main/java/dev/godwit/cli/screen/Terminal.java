package dev.godwit.cli.screen;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command writes, and what it may know of its surroundings.
 *
 * @param out data goes here, as UTF-8; buffered, flushed at the end of the run
 * @param err progress, messages and errors go here, as UTF-8
 * @param environment the variables of the process
 * @param outIsTerminal whether a person looks at {@code out}
 * @param errIsTerminal whether a person looks at {@code err}
 * @param canAsk whether a person sits at the keyboard
 * @param screenColumns width of the terminal, at least 20
 */
public record Terminal(
    OutputStream out,
    PrintStream err,
    Map<String, String> environment,
    boolean outIsTerminal,
    boolean errIsTerminal,
    boolean canAsk,
    int screenColumns) {

  /**
   * What the launcher knows and the JVM does not: which of the descriptors 0, 1, 2 are terminals.
   */
  private static final String TERMINALS = "godwit.terminals";

  /** The width that the launcher measured. */
  private static final String COLUMNS = "godwit.columns";

  /** Keeps the width within reason. */
  public Terminal {
    screenColumns = Math.max(20, Math.min(screenColumns, 500));
  }

  /** The terminal of this process. */
  public static Terminal ofProcess() {
    String known = System.getProperty(TERMINALS, "");
    Map<String, String> environment = System.getenv();
    return new Terminal(
        new BufferedOutputStream(new Stdout(), 1 << 16),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        environment,
        known.contains("1"),
        known.contains("2"),
        known.contains("0") && known.contains("2"),
        columns(environment.getOrDefault("COLUMNS", System.getProperty(COLUMNS, ""))));
  }

  /** The width that a text says, 80 where it says none. */
  static int columns(String text) {
    return text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : 80;
  }

  /** How wide a table may be: what is not looked at by a person is never cut. */
  public int tableWidth() {
    return outIsTerminal ? screenColumns : Integer.MAX_VALUE;
  }

  /** Whether colours are welcome on {@code out}. See no-color.org. */
  public boolean colourOut() {
    return outIsTerminal && coloursAllowed();
  }

  /** Whether colours are welcome on {@code err}. */
  public boolean colourErr() {
    return errIsTerminal && coloursAllowed();
  }

  private boolean coloursAllowed() {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /** Writes a line of data. */
  public void println(String line) {
    print(line + "\n");
  }

  /** Writes data. */
  public void print(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hands on what is buffered of the data. */
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
