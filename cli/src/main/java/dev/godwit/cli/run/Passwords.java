package dev.godwit.cli.run;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.error.IoReason;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.Secret;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the password of a store or the passphrase of a vault: of a command, of a file, of the URI,
 * of the environment, of a person. Only when it is asked for: a command may unlock a key ring.
 */
final class Passwords implements PasswordSource {
  /** More than this in a file is not a password. */
  private static final int LONGEST = 64 << 10;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** What stands for bytes that are no text, whatever they are. */
  private static final char NO_TEXT = '\uFFFD';

  private final Terminal terminal;
  private final PasswordPlaces places;
  private final Optional<Secret> ofUri;
  private final Cancellation cancellation;
  private Optional<Secret> given;
  private Optional<Secret> withMark = Optional.empty();

  /** Looks at these places, in their order. */
  Passwords(
      Terminal terminal, PasswordPlaces places, Optional<Secret> ofUri, Cancellation cancellation) {
    this.cancellation = cancellation;
    this.terminal = terminal;
    this.places = places;
    this.ofUri = ofUri;
  }

  @Override
  public synchronized Optional<Secret> given() {
    if (given == null) {
      given = look();
    }
    return given;
  }

  @Override
  public synchronized Optional<Secret> asBefore() {
    var unused = given();
    return withMark;
  }

  private Optional<Secret> look() {
    if (places.command().isPresent()) {
      return Optional.of(ofCommand(places.command().get()));
    }
    if (places.file().isPresent()) {
      return Optional.of(ofFile(places.file().get()));
    }
    if (ofUri.isPresent()) {
      return ofUri;
    }
    // A variable that is set to nothing is a secret that a script did not get: others are looked
    // at.
    return ofEnvironment().filter(text -> !text.isEmpty()).map(Secret::of);
  }

  private Optional<String> ofEnvironment() {
    return Optional.ofNullable(terminal.environment().get(places.variable()));
  }

  /** The text of the command is not repeated: some stand with a secret in it. */
  private Secret ofCommand(String command) {
    String which = "the command of " + places.flag();
    try {
      Process process =
          new ProcessBuilder("/bin/sh", "-c", command)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      byte[] out = process.getInputStream().readNBytes(LONGEST + 1);
      if (out.length > LONGEST) {
        process.getInputStream().close();
        process.destroy(); // it may never end
        throw tooLong(which);
      }
      int status = process.waitFor();
      if (status != 0) {
        throw new GodwitException(
            ExitCode.FAILED,
            which + " ended with exit status " + status,
            "run it by hand; it must print the " + places.word() + " and end with 0");
      }
      return firstLine(which, out);
    } catch (IOException e) {
      throw new GodwitException(ExitCode.FAILED, "cannot run " + which, null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GodwitException(ExitCode.FAILED, "interrupted", null, e);
    }
  }

  private Secret ofFile(Path file) {
    String which = "the " + places.word() + " file " + file;
    try (var in = Files.newInputStream(file)) {
      return firstLine(which, in.readNBytes(LONGEST + 1));
    } catch (IOException e) {
      String why = e instanceof NoSuchFileException ? "no such file" : IoReason.of(e);
      throw new GodwitException(
          ExitCode.FAILED,
          "cannot read " + which + ": " + why,
          "name a file whose first line is the " + places.word(),
          e);
    }
  }

  /** Editors of Windows begin a file with a mark that nobody sees, and nobody means. */
  private Secret firstLine(String whose, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    String first = text.lines().findFirst().orElse("");
    if (bytes.length > LONGEST && first.length() == text.length()) {
      throw tooLong(whose);
    }
    String line = first.startsWith(BYTE_ORDER_MARK) ? first.substring(1) : first;
    if (line.isEmpty()) {
      throw new GodwitException(
          ExitCode.FAILED,
          whose + " gave no " + places.word(),
          "its first line must be the " + places.word());
    }
    withMark = Optional.of(first).filter(with -> !with.equals(line)).map(Secret::of);
    return Secret.of(line);
  }

  private GodwitException tooLong(String whose) {
    return new GodwitException(
        ExitCode.FAILED,
        whose + " gives more than " + (LONGEST >> 10) + " KiB, which is no " + places.word(),
        "its first line must be the " + places.word());
  }

  @Override
  public Optional<Secret> prompt(String what) {
    String word = Character.toUpperCase(places.word().charAt(0)) + places.word().substring(1);
    return typed(word + " for " + what + ": ");
  }

  /**
   * Finds a new passphrase: as given, else asked for twice.
   *
   * @throws GodwitException {@code USAGE} if there is none, it is no text, or the two differ
   */
  Secret chosen(String what) {
    Optional<Secret> found = given().or(() -> ofEnvironment().map(Secret::of));
    Optional<Secret> first = found.isPresent() ? found : typed("New passphrase for " + what + ": ");
    if (first.isEmpty()) {
      throw new GodwitException(
          ExitCode.USAGE,
          "no passphrase was given, and there is no terminal to ask at",
          "give it by a file, a command or " + places.variable());
    }
    if (first.get().reveal().isEmpty()) {
      throw new GodwitException(ExitCode.USAGE, "the passphrase is empty", "give one that is not");
    }
    if (first.get().reveal().indexOf(NO_TEXT) >= 0) {
      throw new GodwitException(
          ExitCode.USAGE,
          "the passphrase is no text in UTF-8, and other bytes would open the vault as well",
          "give letters and digits; random bytes as base64");
    }
    if (found.isEmpty() && !typed("The same again: ").equals(first)) {
      throw new GodwitException(ExitCode.USAGE, "the two differ", "try again");
    }
    return first.get();
  }

  private Optional<Secret> typed(String question) {
    Console console = terminal.canAsk() ? System.console() : null;
    if (console == null) {
      return Optional.empty();
    }
    // Nobody can wake the reader of a terminal; exiting, the JVM shows again what is typed.
    Runnable leave = () -> Runtime.getRuntime().exit(ExitCode.INTERRUPTED.status());
    Cancellation.Registration leaving = cancellation.onCancel(leave);
    try {
      char[] typed = console.readPassword("%s", question);
      return Optional.ofNullable(typed).map(String::new).map(Secret::of);
    } finally {
      leaving.close();
    }
  }
}
