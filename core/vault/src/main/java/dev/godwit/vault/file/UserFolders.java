package dev.godwit.vault.file;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where Godwit keeps files of a user on this machine, by the XDG Base Directory Specification: what
 * the environment names, if it is absolute, else a folder of the user's home. Each is nothing where
 * there is no home.
 */
public final class UserFolders {
  private static final String OWN = "godwit";

  private UserFolders() {}

  /** For what may be deleted at any time: {@code $XDG_CACHE_HOME}, else {@code ~/.cache}. */
  public static Optional<Path> caches(Map<String, String> environment) {
    return folder(environment, "XDG_CACHE_HOME", Path.of(".cache"));
  }

  /** For what was seen: {@code $XDG_STATE_HOME}, else {@code ~/.local/state}. */
  public static Optional<Path> state(Map<String, String> environment) {
    return folder(environment, "XDG_STATE_HOME", Path.of(".local", "state"));
  }

  /** For settings and keys: {@code $XDG_CONFIG_HOME}, else {@code ~/.config}. */
  public static Optional<Path> settings(Map<String, String> environment) {
    return folder(environment, "XDG_CONFIG_HOME", Path.of(".config"));
  }

  private static Optional<Path> folder(
      Map<String, String> environment, String variable, Path belowHome) {
    return absolute(environment.get(variable))
        .or(() -> absolute(environment.get("HOME")).map(home -> home.resolve(belowHome)))
        .map(folder -> folder.resolve(OWN));
  }

  private static Optional<Path> absolute(String path) {
    return Optional.ofNullable(path).filter(p -> p.startsWith("/")).map(Path::of);
  }
}
