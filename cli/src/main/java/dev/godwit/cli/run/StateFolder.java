package dev.godwit.cli.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where Godwit keeps on this machine what it has seen: {@code $XDG_STATE_HOME/godwit}, else {@code
 * ~/.local/state/godwit} (XDG Base Directory Specification).
 */
public final class StateFolder {
  private StateFolder() {}

  /** The folder; nothing where there is no home to keep it in. */
  public static Optional<Path> of(Map<String, String> environment) {
    String own = environment.getOrDefault("XDG_STATE_HOME", "");
    if (own.startsWith("/")) {
      return Optional.of(Path.of(own, "godwit"));
    }
    String home = environment.getOrDefault("HOME", "");
    return home.startsWith("/")
        ? Optional.of(Path.of(home, ".local", "state", "godwit"))
        : Optional.empty();
  }
}
