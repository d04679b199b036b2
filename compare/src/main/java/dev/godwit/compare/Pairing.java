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
 * Finds for each dataset of A that of B. Of all datasets only the names are held, and the
 * descriptions of one group: the catalogue of B is gone through once for each group of A.
 */
final class Pairing {
  private static final int GROUP = 256;

  private final ComparedRun a;
  private final ComparedRun b;
  private final Renames renames;
  private final Set<DatasetName> met = new HashSet<>();

  Pairing(ComparedRun a, ComparedRun b, Renames renames) {
    this.a = a;
    this.b = b;
    this.renames = renames;
  }

  /** Hands over every pair, group by group. */
  void run(Consumer<List<Pair>> groups) {
    try (Stream<Dataset> datasets = a.datasets()) {
      Map<DatasetName, Dataset> group = new LinkedHashMap<>();
      for (Iterator<Dataset> all = datasets.iterator(); all.hasNext(); ) {
        Dataset dataset = all.next();
        DatasetName sought = a.relative(dataset.name(), renames.of(dataset.name()));
        if (!met.add(sought)) {
          throw new GodwitException(
              ExitCode.USAGE, "two datasets of A are to be held against " + sought + " of B");
        }
        group.put(sought, dataset);
        if (group.size() == GROUP) {
          groups.accept(found(group));
          group.clear();
        }
      }
      if (!group.isEmpty()) {
        groups.accept(found(group));
      }
    }
    onlyInB(groups);
  }

  private List<Pair> found(Map<DatasetName, Dataset> group) {
    Map<DatasetName, Dataset> found = new HashMap<>();
    try (Stream<Dataset> datasets = b.datasets()) {
      datasets
          .filter(dataset -> group.containsKey(b.relative(dataset.name())))
          .forEach(dataset -> found.put(b.relative(dataset.name()), dataset));
    }
    List<Pair> pairs = new ArrayList<>();
    group.forEach(
        (sought, dataset) ->
            pairs.add(
                Pair.of(
                    a.relative(dataset.name()),
                    Optional.of(dataset),
                    Optional.ofNullable(found.get(sought)))));
    return pairs;
  }

  private void onlyInB(Consumer<List<Pair>> groups) {
    List<Pair> group = new ArrayList<>();
    try (Stream<Dataset> datasets = b.datasets()) {
      for (Iterator<Dataset> all = datasets.iterator(); all.hasNext(); ) {
        Dataset dataset = all.next();
        DatasetName name = b.relative(dataset.name());
        if (!met.contains(name)) {
          group.add(Pair.of(name, Optional.empty(), Optional.of(dataset)));
        }
        if (group.size() == GROUP) {
          groups.accept(List.copyOf(group));
          group.clear();
        }
      }
    }
    if (!group.isEmpty()) {
      groups.accept(group);
    }
  }
}
