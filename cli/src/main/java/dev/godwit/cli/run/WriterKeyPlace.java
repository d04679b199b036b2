package dev.godwit.cli.run;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.key.WriterKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where this host's writer key of a vault lies: where the user says, else below the user's folder
 * of configuration, by the vault's id.
 *
 * @param named by a flag or the environment
 * @param folder of those that are not named; absent where the environment names no home
 */
public record WriterKeyPlace(Optional<Path> named, Optional<Path> folder) {
  /** Of the environment. */
  public static final String VARIABLE = "GODWIT_VAULT_WRITER_KEY";

  /** The place that a flag, else the environment, else custom says. */
  public static WriterKeyPlace of(Optional<Path> flag, Terminal terminal) {
    Optional<Path> named = flag.or(() -> variable(terminal, VARIABLE).map(Path::of));
    Optional<Path> config =
        variable(terminal, "XDG_CONFIG_HOME")
            .map(Path::of)
            .filter(Path::isAbsolute) // others are to be ignored, says the XDG specification
            .or(() -> variable(terminal, "HOME").map(home -> Path.of(home, ".config")));
    return new WriterKeyPlace(named, config.map(c -> c.resolve("godwit").resolve("writers")));
  }

  private static Optional<String> variable(Terminal terminal, String name) {
    return Optional.ofNullable(terminal.environment().get(name)).filter(v -> !v.isEmpty());
  }

  /** The key for a vault, where there is one. */
  public Optional<WriterKey> read(String vaultId) {
    return named
        .or(() -> folder.map(f -> f.resolve(vaultId + ".key")).filter(Files::exists))
        .map(WriterKey::read);
  }

  /**
   * Where a new key goes.
   *
   * @throws GodwitException {@code USAGE} where nothing says it
   */
  public Path toWrite(String vaultId) {
    return named
        .or(() -> folder.map(f -> f.resolve(vaultId + ".key")))
        .orElseThrow(
            () ->
                new GodwitException(
                    ExitCode.USAGE,
                    "nothing says where the vault's writer key is to be kept",
                    "give --writer-key FILE, or set HOME"));
  }
}
