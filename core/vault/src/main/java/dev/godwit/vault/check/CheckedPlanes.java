package dev.godwit.vault.check;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.key.Domain;
import dev.godwit.vault.key.ReaderKeys;
import dev.godwit.vault.key.VaultKeys;
import dev.godwit.vault.key.WriterKeys;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.ManifestFile;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a check can look into with the keys at hand.
 *
 * @param reading whether what was backed up can be read
 */
record CheckedPlanes(VaultFiles files, boolean reading) {
  /**
   * Those of a vault.
   *
   * @throws GodwitException {@code WRONG_KEY} if the data is to be read, and only a writer's key is
   *     there
   */
  static CheckedPlanes of(VaultFiles files, boolean readData) {
    if (readData) {
      var unused = files.reading();
    }
    VaultKeys keys = files.keys();
    return new CheckedPlanes(files, keys instanceof ReaderKeys || keys.writing().isEmpty());
  }

  /** The domains of this writer, one for each source; none where the vault is not encrypted. */
  List<Domain> domains(List<String> manifests) {
    Optional<WriterKeys> writer = files.writing();
    if (writer.isEmpty()) {
      return List.of();
    }
    TreeSet<String> sources = new TreeSet<>();
    for (String path : manifests) {
      try {
        sources.add(ManifestFile.head(files, path).source().id());
      } catch (GodwitException e) {
        // It is told where the snapshot is looked at.
      }
    }
    return sources.stream().map(writer.get()::domain).toList();
  }
}
