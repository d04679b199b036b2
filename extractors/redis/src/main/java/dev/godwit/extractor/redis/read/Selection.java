package dev.godwit.extractor.redis.read;

import dev.godwit.extractor.redis.value.Records;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetPattern;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** The databases that a filter takes, and the patterns that their keys must fit. */
final class Selection {
  private final DatasetFilter filter;
  private final Optional<Integer> only;
  private final SortedMap<Integer, Long> taken = new TreeMap<>();

  /**
   * Applies a filter.
   *
   * @param listed databases and how many keys they hold
   * @param only the one that the URI names, if it names one
   * @throws GodwitException {@code USAGE} where it matches nothing, or chooses columns
   */
  Selection(SortedMap<Integer, Long> listed, Optional<Integer> only, DatasetFilter filter) {
    this.filter = filter;
    this.only = only;
    SortedMap<Integer, Long> all = new TreeMap<>(listed);
    all.keySet().removeIf(database -> only.isPresent() && !only.get().equals(database));
    if (all.isEmpty()) {
      all.put(only.orElse(0), 0L); // an empty one can be compared, if not backed up
    }
    filter.include().forEach(pattern -> check("--include", pattern, all));
    filter.where().forEach(where -> check("--where", where.dataset(), all));
    all.forEach(
        (database, keys) -> {
          if (takes(database)) {
            taken.put(database, keys);
          }
        });
    filter.refuseOverruled(taken.keySet().stream().map(Records::name).map(List::of));
    if (!filter.columns().isEmpty()) {
      throw new GodwitException(
          ExitCode.USAGE, "keys are read whole, not by columns", "leave --columns out");
    }
    if (taken.isEmpty()) {
      throw new GodwitException(
          ExitCode.USAGE,
          "the filter '" + filter.scope() + "' leaves no database",
          "every database that --include takes is left out by --exclude");
    }
  }

  private static void check(String flag, DatasetPattern pattern, SortedMap<Integer, Long> all) {
    if (all.keySet().stream().noneMatch(database -> pattern.matches(Records.name(database)))) {
      throw new GodwitException(
          ExitCode.USAGE,
          flag + " " + pattern + " matches no database that holds keys",
          "databases are called db0, db1, ...");
    }
  }

  /** Whether a database is to be read, listed or not. */
  boolean takes(int database) {
    return (only.isEmpty() || only.get() == database) && filter.takes(Records.name(database));
  }

  /** The databases to be read, and about how many keys they hold. */
  SortedMap<Integer, Long> taken() {
    return taken;
  }

  /** The pattern that the keys of a database must fit, as {@code KEYS} takes it. */
  Optional<byte[]> pattern(int database) {
    return filter
        .conditionFor(Records.name(database))
        .map(pattern -> pattern.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the whole server is taken. */
  boolean whole() {
    return only.isEmpty() && filter.include().isEmpty() && filter.exclude().isEmpty();
  }

  /** The database that the URI names; nothing where it names none. */
  OptionalInt only() {
    return only.isPresent() ? OptionalInt.of(only.get()) : OptionalInt.empty();
  }
}
