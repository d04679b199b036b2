package dev.godwit.vault.repair;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.list.BlockLine;
import dev.godwit.vault.list.ListKind;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.list.ReferenceLine;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.ManifestFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at snapshots of an encrypted vault with a writer's key: at what their heads and references
 * name. What is lost where something is missing stands in the contents, which it cannot read.
 */
final class ReferencesSurvey extends Survey {
  private final VaultFiles files;
  private final Salvage salvage;
  private final Cancellation cancellation;

  ReferencesSurvey(VaultFiles files, Salvage salvage, Cancellation cancellation) {
    super(files);
    this.files = files;
    this.salvage = salvage;
    this.cancellation = cancellation;
  }

  @Override
  Optional<Finding> look(String path) {
    String id = ManifestFile.idAt(path).orElseThrow();
    return damage(path).map(why -> new Finding.Unread(id, path, why));
  }

  private Optional<String> damage(String path) {
    try {
      SnapshotHead head = ManifestFile.head(files, path);
      String references = head.references().orElseThrow();
      List<String> bent =
          Stream.concat(Stream.of(head.contents(), references), head.objects().stream())
              .filter(list -> !isWhole(list))
              .toList();
      return bent.isEmpty() ? missing(references) : Optional.of(notWhole(bent.get(0)));
    } catch (GodwitException e) {
      return Optional.of(reason(e));
    } catch (IllegalArgumentException e) {
      return Optional.of("its references make no sense");
    }
  }

  private static String notWhole(String list) {
    return Layout.list(list) + " is missing or bent";
  }

  private Optional<String> missing(String references) {
    try (ListReader lines = ListReader.open(files, references, ListKind.REFERENCES)) {
      Optional<String> found = Optional.empty();
      Optional<ReferenceLine> line = lines.next(ReferenceLine.class);
      while (line.isPresent() && found.isEmpty()) {
        cancellation.check();
        String list = line.get().list();
        found = list == null ? lost(line.get().block().ref()) : missingIn(list);
        line = lines.next(ReferenceLine.class);
      }
      return found;
    }
  }

  private Optional<String> missingIn(String list) {
    if (!isWhole(list)) {
      return Optional.of(notWhole(list));
    }
    try (ListReader lines = ListReader.open(files, list, ListKind.BLOCKS)) {
      Optional<String> found = Optional.empty();
      Optional<BlockLine> line = lines.next(BlockLine.class);
      while (line.isPresent() && found.isEmpty()) {
        cancellation.check();
        found = lost(line.get().ref());
        line = lines.next(BlockLine.class);
      }
      return found;
    }
  }

  private Optional<String> lost(BlockRef block) {
    Salvage.Fate fate = salvage.of(block);
    if (fate instanceof Salvage.Fate.Gone gone) {
      return Optional.of(gone.why());
    }
    return fate.equals(new Salvage.Fate.Stays(block))
        ? Optional.empty()
        : Optional.of("its blocks in " + Layout.volume(block.volume()) + " have to be moved");
  }
}
