package dev.godwit.vault.audit;

import dev.godwit.vault.file.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The newest records of a vault that this machine has seen, in a file of its own. Whoever takes
 * records off the ends of all chains, so that nothing in the vault names them any longer, is found
 * by it. Each place of a vault has its own: a copy of the folder goes on by itself, and what was
 * done there is missing nowhere else.
 */
public final class SeenHeads {
  private static final int MOST_BYTES = 16 << 20;

  private final Path file;

  /**
   * Those of one vault in one place.
   *
   * @param folder of Godwit's state on this machine, such as {@code ~/.local/state/godwit}
   * @param place of the vault, as its storage shows itself to people
   */
  public SeenHeads(Path folder, String vault, String place) {
    String digits = Hash.of(place.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    this.file = folder.resolve(vault).resolve("audit-heads-" + digits);
  }

  /** What was seen last; empty where nothing was, or where it cannot be read. */
  public List<AuditName> names() throws IOException {
    try {
      if (Files.size(file) > MOST_BYTES) {
        return List.of();
      }
      return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
          .map(AuditName::parse)
          .flatMap(Optional::stream)
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Remembers these instead. */
  public void remember(Collection<AuditName> names) throws IOException {
    Files.createDirectories(file.getParent());
    Path whole = Files.createTempFile(file.getParent(), "audit-heads", ".new");
    try {
      Files.write(whole, names.stream().map(AuditName::toString).toList(), StandardCharsets.UTF_8);
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(whole);
    }
  }
}
