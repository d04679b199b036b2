package dev.godwit.compare;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.Renames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds for each dataset of A that of B: by its name without the database, or, where the sides are
 * of two kinds of store, which do not divide a database alike, by the last part of it. Of all
 * datasets only the names are held, and the descriptions of one group: the catalogue of B is gone
 * through once for each group of A. Parts of a divided dataset come last ({@link DividedDatasets}).
 */
final class Pairing {
  private static final int GROUP = 256;

  private final ComparedRun a;
  private final ComparedRun b;
  private final Renames renames;
  private final SideShapes shapes;
  private final boolean lastPart;
  private final DividedDatasets divided;
  private final Set<DatasetName> met = new HashSet<>();

  Pairing(ComparedRun a, ComparedRun b, Renames renames, SideShapes shapes) {
    this.a = a;
    this.b = b;
    this.renames = renames;
    this.shapes = shapes;
    this.lastPart = a.otherKind(b);
    this.divided = new DividedDatasets(a, b, shapes);
  }

  /** Hands over every pair, group by group. */
  void run(Consumer<List<Pair>> groups) {
    try (Stream<Dataset> datasets = a.datasets()) {
      Map<DatasetName, Dataset> group = new LinkedHashMap<>();
      for (Iterator<Dataset> all = datasets.iterator(); all.hasNext(); ) {
        Dataset dataset = all.next();
        DatasetName sought = common(a.relative(dataset.name(), renames.of(dataset.name())));
        if (!met.add(sought)) {
          throw new GodwitException(
              ExitCode.USAGE,
              "two datasets of A are to be held against " + sought + " of B",
              "say which with --rename, or leave one out with --exclude");
        }
        group.put(sought, dataset);
        if (group.size() == GROUP) {
          groups.accept(divided.without(found(group)));
          group.clear();
        }
      }
      if (!group.isEmpty()) {
        groups.accept(divided.without(found(group)));
      }
    }
    onlyInB(groups);
    List<Pair> together = divided.pairs();
    for (int from = 0; from < together.size(); from += GROUP) {
      groups.accept(together.subList(from, Math.min(from + GROUP, together.size())));
    }
  }

  private List<Pair> found(Map<DatasetName, Dataset> group) {
    Map<DatasetName, Dataset> found = new HashMap<>();
    try (Stream<Dataset> datasets = b.datasets()) {
      datasets
          .filter(dataset -> group.containsKey(common(b.relative(dataset.name()))))
          .forEach(dataset -> find(dataset, found));
    }
    List<Pair> pairs = new ArrayList<>();
    group.forEach(
        (sought, dataset) ->
            pairs.add(
                Optional.ofNullable(found.get(sought))
                    .map(other -> Pair.of(a.relative(dataset.name()), dataset, other, shapes))
                    .orElseGet(() -> Pair.onlyInA(a.relative(dataset.name()), dataset))));
    return pairs;
  }

  private void find(Dataset dataset, Map<DatasetName, Dataset> found) {
    DatasetName name = common(b.relative(dataset.name()));
    Dataset other = found.put(name, dataset);
    if (other != null) {
      throw new GodwitException(
          ExitCode.USAGE,
          "%s of A could be held against %s and %s of B"
              .formatted(name, other.name(), dataset.name()),
          "leave one of them out with --exclude");
    }
  }

  private DatasetName common(DatasetName name) {
    return lastPart ? DatasetName.of(name.last()) : name;
  }

  private void onlyInB(Consumer<List<Pair>> groups) {
    List<Pair> group = new ArrayList<>();
    try (Stream<Dataset> datasets = b.datasets()) {
      for (Iterator<Dataset> all = datasets.iterator(); all.hasNext(); ) {
        Dataset dataset = all.next();
        DatasetName name = b.relative(dataset.name());
        if (!met.contains(common(name))) {
          group.add(Pair.onlyInB(name, dataset));
        }
        if (group.size() == GROUP) {
          groups.accept(divided.without(group));
          group.clear();
        }
      }
    }
    if (!group.isEmpty()) {
      groups.accept(divided.without(group));
    }
  }
}
