package dev.godwit.cli.command;

import dev.godwit.cli.progress.RunView;
import dev.godwit.compare.CompareListener;
import dev.godwit.compare.CompareReport;
import dev.godwit.compare.CompareSide;
import dev.godwit.compare.ComparedRun;
import dev.godwit.compare.Comparison;
import dev.godwit.compare.KeySpaces;
import dev.godwit.compare.KeysOfDatasets;
import dev.godwit.compare.KeysTogether;
import dev.godwit.mapping.keyvalue.RowsToKeys;
import dev.godwit.restore.Migration;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.transfer.SelectedRun;
import dev.godwit.transfer.TransferEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Holds what was moved against what is in the target now. */
final class MoveProof {
  private MoveProof() {}

  /** Reads both, and compares them. */
  static CompareReport of(
      Migration migration, Extractor target, PluginContext context, RunView view) {
    view.on(new TransferEvent.ProofBegun());
    ComparedRun moved = compared(migration, migration.run());
    CompareSide.Store store = new CompareSide.Store(target, database(migration));
    Map<Dataset, DatasetName> keys = whereKeysWent(migration);
    if (!keys.isEmpty()) {
      return ofKeys(moved, store, keys, context, view);
    }
    boolean twoKinds = !migration.run().info().engine().equals(target.info().engine());
    if (twoKinds && KeySpaces.only(migration.run())) {
      return ofSpaces(store, migration, context, view);
    }
    try (ExtractRun there = store.open(there(migration, twoKinds))) {
      return new Comparison(
              moved,
              store.compared(there),
              migration.renames(),
              0,
              context,
              CompareListener.counting(view))
          .run();
    }
  }

  /** What spaces of keys are called in the target is known once that is open. */
  private static CompareReport ofSpaces(
      CompareSide.Store store, Migration migration, PluginContext context, RunView view) {
    try (ExtractRun all = store.open(DatasetFilter.ALL)) {
      KeysTogether moved = KeysTogether.of(migration.run(), migration.renames(), all).orElseThrow();
      return new Comparison(
              compared(migration, moved),
              migration.alone() ? store.compared(all) : beside(all, moved),
              Renames.NONE,
              0,
              context,
              CompareListener.counting(view))
          .run();
    }
  }

  /** Of a store that holds others the spaces that were written. */
  private static ComparedRun beside(ExtractRun all, KeysTogether moved) {
    List<DatasetPattern> written = new ArrayList<>();
    try (Stream<Dataset> datasets = all.catalogue().datasets()) {
      datasets
          .filter(space -> moved.shows(space.name()))
          .forEach(space -> written.add(DatasetPattern.exactly(space.name())));
    }
    return written.isEmpty()
        ? ComparedRun.nothing() // all of them may have expired
        : ComparedRun.ofStore(
            SelectedRun.of(all, new DatasetFilter(written, List.of(), List.of(), List.of())));
  }

  private static ComparedRun compared(Migration migration, ExtractRun run) {
    return migration.lasting() ? ComparedRun.ofSnapshot(run) : ComparedRun.ofStore(run);
  }

  /** Where a load goes whose URI names no database: into that of the datasets' names. */
  private static Optional<String> database(Migration migration) {
    try (Stream<Dataset> datasets = migration.run().catalogue().datasets()) {
      return datasets.findFirst().map(d -> migration.renames().of(d.name()).parts().get(0));
    }
  }

  /** Keys are told by their template, whatever else the store holds. */
  private static CompareReport ofKeys(
      ComparedRun moved,
      CompareSide.Store store,
      Map<Dataset, DatasetName> keys,
      PluginContext context,
      RunView view) {
    try (ExtractRun there = new KeysOfDatasets(store.open(DatasetFilter.ALL), keys)) {
      return new Comparison(
              moved,
              store.compared(there),
              Renames.NONE,
              0,
              context,
              CompareListener.counting(view))
          .run();
    }
  }

  /** Where each dataset went; nothing where no records became keys by a template. */
  private static Map<Dataset, DatasetName> whereKeysWent(Migration migration) {
    try (Stream<Dataset> datasets = migration.run().catalogue().datasets()) {
      if (datasets.noneMatch(d -> d.attributes().containsKey(RowsToKeys.TEMPLATE))) {
        return Map.of();
      }
    }
    Map<Dataset, DatasetName> made = new LinkedHashMap<>();
    try (Stream<Dataset> datasets = migration.run().catalogue().datasets()) {
      datasets.forEach(dataset -> made.put(dataset, migration.renames().of(dataset.name())));
    }
    return made;
  }

  /** A target that was empty is read whole; else what was put beside others. */
  private static DatasetFilter there(Migration migration, boolean twoKinds) {
    if (migration.alone()) {
      return DatasetFilter.ALL;
    }
    try (Stream<Dataset> datasets = migration.run().catalogue().datasets()) {
      List<DatasetPattern> names =
          datasets.map(d -> exactly(migration.renames().of(d.name()), twoKinds)).toList();
      return new DatasetFilter(names, List.of(), List.of(), List.of());
    }
  }

  /**
   * By its name without the database, which the target calls otherwise; in another kind of store,
   * which may have no schemas, by its last part.
   */
  private static DatasetPattern exactly(DatasetName name, boolean twoKinds) {
    int parts = name.parts().size();
    int kept = twoKinds ? 1 : Math.max(1, parts - 1);
    return DatasetPattern.exactly(new DatasetName(name.parts().subList(parts - kept, parts)));
  }
}
