package dev.godwit.vault.repair;

import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.index.BlockIndex;
import dev.godwit.vault.index.IndexSegment;
import dev.godwit.vault.index.SegmentOpener;
import dev.godwit.vault.index.UncoveredVolumes;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The index, held against the volumes: segments that are bent, or name a volume that is not there
 * or has another size, are of no use, and volumes that no other covers are not found in it. What it
 * says is still proven before it is believed.
 */
final class SurveyedIndex {
  private final RepairRuns runs;
  private final Storage storage;
  private final List<IndexSegment> readable = new ArrayList<>();
  private final List<String> useless = new ArrayList<>();
  private final List<String> uncovered = new ArrayList<>();
  private final List<String> ofOthers = new ArrayList<>();

  SurveyedIndex(VaultFiles files, RepairRuns runs, SurveyedVolumes volumes) {
    this.runs = runs;
    this.storage = files.storage();
    SegmentOpener segments = new SegmentOpener(files, runs.domains());
    Map<String, Set<VolumeId>> covered = new HashMap<>();
    Set<VolumeId> named = new HashSet<>(); // by segments of others, which nothing here proves
    for (StoredFile file : files()) {
      try {
        SegmentOpener.Opened opened = segments.open(file);
        IndexSegment segment = opened.segment();
        if (opened.isProven()) {
          readable.add(segment);
        }
        if (!segment.volumes().stream()
            .allMatch(v -> volumes.size(v.id()).filter(size -> size == v.size()).isPresent())) {
          useless.add(file.path());
        } else {
          Set<VolumeId> its =
              opened.isProven()
                  ? covered.computeIfAbsent(owner(file.path()), o -> new HashSet<>())
                  : named;
          segment.volumes().forEach(volume -> its.add(volume.id()));
        }
      } catch (DamagedBlockException e) {
        useless.add(file.path());
      } catch (NoSuchFileException e) {
        // Merged meanwhile, beside a dry run.
      } catch (IOException e) {
        throw StorageFailure.reading(storage, file.path(), e);
      }
    }
    volumes
        .owners()
        .forEach(
            (id, owner) -> {
              if (!covered.getOrDefault(owner, Set.of()).contains(id)) {
                uncovered.add(Layout.volume(id));
              }
            });
    volumes
        .ofOthers()
        .filter(id -> !named.contains(id))
        .map(Layout::volume)
        .sorted()
        .forEach(ofOthers::add);
  }

  /** The domain whose segment lies there; empty where the vault is not encrypted. */
  private static String owner(String segment) {
    int end = segment.lastIndexOf('/');
    return segment.substring(Math.min(end, Layout.INDEX.length() + 1), end);
  }

  private List<StoredFile> files() {
    try (Stream<StoredFile> files = storage.list(Layout.INDEX)) {
      return files.filter(file -> SegmentOpener.isSegment(file.path())).toList();
    } catch (IOException e) {
      throw StorageFailure.reading(storage, Layout.INDEX, e);
    } catch (UncheckedIOException e) {
      throw StorageFailure.reading(storage, Layout.INDEX, e.getCause());
    }
  }

  /** What is wrong with it. */
  RepairPlan.BentIndex bent() {
    return new RepairPlan.BentIndex(useless, uncovered, ofOthers);
  }

  /** Where a block may lie. */
  List<BlockRef> find(BlockId id) {
    List<BlockRef> places = new ArrayList<>();
    for (IndexSegment segment : readable) {
      try {
        places.addAll(segment.find(id));
      } catch (NoSuchFileException e) {
        // It says nothing any more.
      } catch (IOException e) {
        throw StorageFailure.reading(storage, segment.path(), e);
      } catch (DamagedBlockException e) {
        // It says nothing then.
      }
    }
    return places;
  }

  /**
   * Removes what is of no use, and adds what no segment covers from the footers of volumes: of
   * domains whose keys are at hand. Those of others the next writer of each makes anew.
   */
  void rebuild(PluginContext context) {
    for (String path : useless) {
      context.cancellation().check();
      try {
        storage.delete(path);
      } catch (IOException e) {
        throw StorageFailure.writing(storage, path, e);
      }
    }
    for (VaultRun run : runs.all()) {
      context.cancellation().check();
      BlockIndex index = BlockIndex.open(run, context.warnings());
      new UncoveredVolumes(run, index, context.cancellation(), context.warnings()).cover();
    }
  }
}
