package dev.godwit.loader.redis;

import dev.godwit.extractor.redis.session.RedisServer;
import dev.godwit.extractor.redis.value.Records;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.name.DatasetName;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where a plan is loaded to.
 *
 * @param server the server
 * @param plan what is loaded
 */
record Target(RedisServer server, LoadPlan plan) {
  /** Whether the keys come from a server of the same kind, so that datasets are databases. */
  boolean sameKind() {
    return plan.origin().engine().equals(RedisServer.ENGINE);
  }

  /**
   * The database of a dataset: the one that it is called by; for datasets of another kind of store
   * the one that the URI names, else the first.
   *
   * @return nothing for a name that is no database's
   */
  OptionalInt database(DatasetName name) {
    OptionalInt named = Records.database(plan.renames().of(name));
    return named.isPresent() || sameKind() ? named : OptionalInt.of(server.database().orElse(0));
  }

  /** The databases that are written; the ledger lies in the first. */
  NavigableSet<Integer> databases() {
    NavigableSet<Integer> all = new TreeSet<>();
    try (Stream<Dataset> datasets = plan.catalogue().datasets()) {
      datasets.forEach(dataset -> database(dataset.name()).ifPresent(all::add));
    }
    if (all.isEmpty()) {
      all.add(server.database().orElse(0));
    }
    return all;
  }
}
