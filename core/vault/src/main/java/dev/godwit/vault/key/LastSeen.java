package dev.godwit.vault.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What this host saw last of a vault, in a file beside its writer key ({@code NAME.seen}): where it
 * was, and how often its keys had been changed. With it an older {@code vault.json} is told from
 * the newest, and a plain vault in the place of an encrypted one. A vault may lie in several places
 * at once, as a copy of its folder does. No secret. Where it cannot be written, those two are not
 * told.
 *
 * @param places as the storage shows itself to people, the newest first; 64 at most
 * @param revision of the keys
 */
public record LastSeen(List<String> places, int revision) {
  private static final String SUFFIX = ".seen";
  private static final int MOST_PLACES = 64;

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
      List<String> places = new ArrayList<>(lines);
      int revision = Integer.parseInt(places.remove(1));
      return Optional.of(new LastSeen(List.copyOf(places), revision));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Remembers beside a writer key that the vault was seen in this place, too. */
  static void keep(Path key, String place, int revision) {
    Optional<LastSeen> before = with(key);
    List<String> places = before.map(LastSeen::places).orElse(List.of());
    if (places.contains(place) && before.get().revision() == revision) {
      return;
    }
    Stream<String> lines =
        Stream.concat(
            Stream.of(place, Integer.toString(revision)),
            places.stream().filter(other -> !other.equals(place)).limit(MOST_PLACES - 1));
    Path next =
        key.resolveSibling(key.getFileName() + SUFFIX + '.' + ProcessHandle.current().pid());
    try {
      Files.write(next, lines.toList());
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
          .filter(file -> read(file).filter(seen -> seen.places().contains(place)).isPresent())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty(); // there is no such folder
    }
  }
}
