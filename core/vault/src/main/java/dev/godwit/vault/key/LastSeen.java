package dev.godwit.vault.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What this host saw last of a vault, in a file beside its writer key ({@code NAME.seen}): where it
 * was, and how often its keys had been changed. With it an older {@code vault.json} is told from
 * the newest, and a plain vault in the place of an encrypted one. No secret. Where it cannot be
 * written, those two are not told.
 *
 * @param place as the storage shows itself to people
 * @param revision of the keys
 */
public record LastSeen(String place, int revision) {
  private static final String SUFFIX = ".seen";

  private static Path file(Path key) {
    return key.resolveSibling(key.getFileName() + SUFFIX);
  }

  /** What was seen with this writer key; nothing where that is not known. */
  static Optional<LastSeen> with(Path key) {
    return read(file(key));
  }

  private static Optional<LastSeen> read(Path file) {
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      if (lines.size() < 2 || !lines.get(1).matches("[0-9]{1,9}")) {
        return Optional.empty();
      }
      return Optional.of(new LastSeen(lines.get(0), Integer.parseInt(lines.get(1))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Remembers it beside a writer key. */
  void keepWith(Path key) {
    if (with(key).equals(Optional.of(this))) {
      return;
    }
    Path next =
        key.resolveSibling(key.getFileName() + SUFFIX + '.' + ProcessHandle.current().pid());
    try {
      Files.writeString(next, place + '\n' + revision + '\n');
      Files.move(
          next, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      KeyFile.deleteQuietly(next);
    }
  }

  /** The key in this folder of writer keys with which an encrypted vault was seen in a place. */
  public static Optional<Path> keyFor(String place, Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .filter(file -> read(file).filter(seen -> seen.place().equals(place)).isPresent())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // there is no such folder
    }
  }
}
