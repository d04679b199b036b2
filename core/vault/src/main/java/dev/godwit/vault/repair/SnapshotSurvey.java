package dev.godwit.vault.repair;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.list.BlockLine;
import dev.godwit.vault.list.ContentsLine;
import dev.godwit.vault.list.ListKind;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.list.PartitionLine;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.snapshot.PartitionBlocks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at snapshots, which it reads, for what is lost of them. */
final class SnapshotSurvey extends Survey {
  private final VaultFiles files;
  private final Salvage salvage;
  private final Cancellation cancellation;

  SnapshotSurvey(VaultFiles files, Salvage salvage, Cancellation cancellation) {
    super(files);
    this.files = files;
    this.salvage = salvage;
    this.cancellation = cancellation;
  }

  @Override
  Optional<Finding> look(String path) {
    String id = ManifestFile.idAt(path).orElseThrow();
    try {
      return look(path, ManifestFile.read(files, path));
    } catch (GodwitException e) {
      return Optional.of(new Finding.Gone(id, path, reason(e)));
    }
  }

  private Optional<Finding> look(String path, Manifest manifest) {
    Contents contents = new Contents();
    // What the writer plane has of it is made anew with the lists that it names.
    contents.moves =
        ManifestFile.head(files, path).references().map(id -> !isWhole(id)).orElse(false);
    noteIfBent(manifest.contents());
    try (ListReader lines = ListReader.open(files, manifest.contents(), ListKind.CONTENTS)) {
      Optional<ContentsLine> line = lines.next(ContentsLine.class);
      while (line.isPresent()) {
        cancellation.check();
        contents.line(line.get());
        line = lines.next(ContentsLine.class);
      }
    }
    List<String> definitions = manifest.objects().map(this::lostDefinitions).orElse(List.of());
    if (contents.lost.isEmpty() && definitions.isEmpty() && !contents.moves) {
      return Optional.empty();
    }
    if (!contents.lost.isEmpty() && contents.lost.size() == contents.datasets) {
      String why = contents.lost.values().iterator().next();
      return Optional.of(new Finding.Gone(manifest.id(), path, "all its datasets: " + why));
    }
    return Optional.of(new Finding.Mended(path, manifest, contents.lost, definitions));
  }

  private List<String> lostDefinitions(String list) {
    noteIfBent(list);
    try (ListReader lines = ListReader.open(files, list, ListKind.OBJECTS)) {
      while (lines.nextLine().isPresent()) {
        cancellation.check();
      }
      return List.of();
    } catch (GodwitException e) {
      return List.of(reason(e));
    }
  }

  /** Goes through the contents of one snapshot. */
  private final class Contents {
    private final Map<DatasetName, String> lost = new LinkedHashMap<>();
    private DatasetName dataset;
    private long datasets;
    private boolean moves;

    void line(ContentsLine line) {
      if (line.dataset() != null) {
        dataset = new DatasetName(line.dataset().name());
        datasets++;
      } else if (!lost.containsKey(dataset)) {
        blocks(line.partition());
      }
    }

    private void blocks(PartitionLine line) {
      try (PartitionBlocks blocks = new PartitionBlocks(files, line)) {
        Optional<BlockLine> next = blocks.next();
        while (next.isPresent()) {
          cancellation.check();
          block(next.get().ref());
          next = blocks.next();
        }
      } catch (GodwitException e) {
        lost.put(dataset, reason(e));
        if (line.list() != null) {
          noteIfBent(line.list());
        }
      } catch (IllegalArgumentException e) {
        lost.put(dataset, "its list of blocks makes no sense");
      }
    }

    private void block(BlockRef block) {
      Salvage.Fate fate = salvage.of(block);
      if (fate instanceof Salvage.Fate.Gone gone) {
        lost.putIfAbsent(dataset, gone.why());
      } else {
        moves |= !fate.equals(new Salvage.Fate.Stays(block));
      }
    }
  }
}
