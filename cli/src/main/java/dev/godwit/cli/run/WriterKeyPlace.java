package dev.godwit.cli.run;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.file.UserFolders;
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
    return of(flag, VARIABLE, terminal);
  }

  /** The place that a flag, else a variable of the environment, else custom says. */
  public static WriterKeyPlace of(Optional<Path> flag, String variable, Terminal terminal) {
    Optional<Path> named =
        flag.or(
            () ->
                Optional.ofNullable(terminal.environment().get(variable))
                    .filter(path -> !path.isEmpty())
                    .map(Path::of));
    Optional<Path> settings = UserFolders.settings(terminal.environment());
    return new WriterKeyPlace(named, settings.map(folder -> folder.resolve("writers")));
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
