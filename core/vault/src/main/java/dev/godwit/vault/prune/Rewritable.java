package dev.godwit.vault.prune;

import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.PruneReport.Space;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.prune.SparseVolumes.Sparse;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Volumes of which little is needed, by whose they are; of each those first of which the least is
 * needed.
 *
 * @param owned that can be written anew
 * @param foreign whose owner's keys are not at hand
 */
record Rewritable(Map<Owner, List<Sparse>> owned, List<Sparse> foreign) {

  /** Finds out whose they are. One that is bent is told, and left as it is. */
  static Rewritable of(
      SparseVolumes sparse, Owners owners, Storage storage, PluginContext context) {
    Map<Owner, List<Sparse>> owned = new LinkedHashMap<>();
    List<Sparse> foreign = new ArrayList<>();
    for (Sparse volume : sparse.fewestBytesFirst()) {
      context.cancellation().check();
      String path = Layout.volume(volume.id());
      try {
        Optional<Owner> owner = owners.of(volume);
        owner
            .map(o -> owned.computeIfAbsent(o, each -> new ArrayList<>()))
            .orElse(foreign)
            .add(volume);
      } catch (IOException e) {
        throw StorageFailure.reading(storage, path, e);
      } catch (DamagedBlockException e) {
        context.warnings().accept(Rewriting.bent(path, e));
      }
    }
    return new Rewritable(owned, foreign);
  }

  /** Those of certain volumes. */
  Rewritable only(Predicate<VolumeId> which) {
    Map<Owner, List<Sparse>> some = new LinkedHashMap<>();
    owned.forEach(
        (owner, all) -> {
          List<Sparse> his = all.stream().filter(volume -> which.test(volume.id())).toList();
          if (!his.isEmpty()) {
            some.put(owner, his);
          }
        });
    return new Rewritable(some, foreign);
  }

  /** All that can be written anew. */
  Stream<Sparse> each() {
    return owned.values().stream().flatMap(List::stream);
  }

  long count() {
    return each().count();
  }

  /** How many, and how many bytes less they would be at best. */
  Space space() {
    return new Space(count(), each().mapToLong(Rewritable::fewer).sum());
  }

  /** How many are foreign, and how many bytes less they would be at best. */
  Space foreignSpace() {
    return new Space(foreign.size(), foreign.stream().mapToLong(Rewritable::fewer).sum());
  }

  private static long fewer(Sparse volume) {
    return volume.size() - volume.liveBytes();
  }
}
