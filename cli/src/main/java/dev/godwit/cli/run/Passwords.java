package dev.godwit.cli.run;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
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
 * Finds the password of a store: of a command, of a file, of the URI, of the environment, of a
 * person. Only when it is asked for: a command may unlock a key ring.
 */
final class Passwords implements PasswordSource {
  /** More than this in a file is not a password. */
  private static final int LONGEST = 64 << 10;

  private final Terminal terminal;
  private final PasswordPlaces places;
  private final Optional<Secret> ofUri;
  private final Cancellation cancellation;
  private Optional<Secret> given;

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
    return Optional.ofNullable(terminal.environment().get(places.variable())).map(Secret::of);
  }

  /** The text of the command is not repeated: some stand with a secret in it. */
  private static Secret ofCommand(String command) {
    try {
      Process process =
          new ProcessBuilder("/bin/sh", "-c", command)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      byte[] out = process.getInputStream().readNBytes(LONGEST);
      int status = process.waitFor();
      if (status != 0) {
        throw new GodwitException(
            ExitCode.FAILED,
            "the command of --password-command ended with exit status " + status,
            "run it by hand; it must print the password and end with 0");
      }
      return firstLine("the command of --password-command", out);
    } catch (IOException e) {
      throw new GodwitException(
          ExitCode.FAILED, "cannot run the command of --password-command", null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GodwitException(ExitCode.FAILED, "interrupted", null, e);
    }
  }

  private static Secret ofFile(Path file) {
    try (var in = Files.newInputStream(file)) {
      return firstLine("the password file " + file, in.readNBytes(LONGEST));
    } catch (IOException e) {
      String why = e instanceof NoSuchFileException ? "no such file" : e.getMessage();
      throw new GodwitException(
          ExitCode.FAILED,
          "cannot read the password file " + file + ": " + why,
          "name a file whose first line is the password",
          e);
    }
  }

  private static Secret firstLine(String whose, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    String line = text.lines().findFirst().orElse("");
    if (line.isEmpty()) {
      throw new GodwitException(
          ExitCode.FAILED, whose + " gave no password", "its first line must be the password");
    }
    return Secret.of(line);
  }

  @Override
  public Optional<Secret> prompt(String what) {
    Console console = terminal.canAsk() ? System.console() : null;
    if (console == null) {
      return Optional.empty();
    }
    // Nobody can wake the reader of a terminal; exiting, the JVM shows again what is typed.
    Runnable leave = () -> Runtime.getRuntime().exit(ExitCode.INTERRUPTED.status());
    Cancellation.Registration leaving = cancellation.onCancel(leave);
    try {
      char[] typed = console.readPassword("Password for %s: ", what);
      return Optional.ofNullable(typed).map(String::new).map(Secret::of);
    } finally {
      leaving.close();
    }
  }
}
