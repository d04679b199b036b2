package dev.godwit.extractor.postgresql.read;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.DatasetPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The tables that a filter takes. A pattern that matches a partitioned table matches its
 * partitions.
 */
final class Selection {
  private final DatasetFilter filter;
  private final Map<Integer, Relation> all = new HashMap<>();
  private final List<Relation> taken = new ArrayList<>();

  /**
   * Applies a filter.
   *
   * @param queries names that its columns may be meant for too
   * @throws GodwitException {@code USAGE} where a pattern of it matches nothing, another comes
   *     ahead of it everywhere, or nothing is left
   */
  Selection(List<Relation> relations, DatasetFilter filter, Set<DatasetName> queries) {
    this.filter = filter;
    relations.forEach(r -> all.put(r.oid(), r));
    for (Relation relation : relations) {
      if (relation.holdsRows() && takes(relation)) {
        taken.add(relation);
      }
    }
    checkPatterns(relations, queries);
  }

  private void checkPatterns(List<Relation> relations, Set<DatasetName> queries) {
    filter.include().forEach(p -> checkMatches("--include", p, relations));
    filter.where().forEach(w -> checkMatches("--where", w.dataset(), taken));
    filter.columns().stream()
        .filter(c -> queries.stream().noneMatch(c.dataset()::matches))
        .forEach(c -> checkMatches("--columns", c.dataset(), taken));
    filter.refuseOverruled(
        Stream.concat(taken.stream().map(r -> names(r).toList()), queries.stream().map(List::of)));
    if (taken.isEmpty() && queries.isEmpty() && !filter.takesAll()) {
      throw new GodwitException(
          ExitCode.USAGE,
          "the filter '" + filter.scope() + "' leaves no table",
          filter.include().isEmpty()
              ? "--exclude takes every table away"
              : "every table that --include takes is left out by --exclude");
    }
  }

  private void checkMatches(String flag, DatasetPattern pattern, List<Relation> among) {
    boolean found =
        among.stream()
            .filter(Relation::holdsRows)
            .anyMatch(r -> names(r).anyMatch(pattern::matches));
    if (!found) {
      throw new GodwitException(
          ExitCode.USAGE,
          flag + " " + pattern + " matches no table",
          "names are database.schema.table, in upper and lower case as the database has them;"
              + " a part that holds a dot is quoted; indexes, views, functions and the like go with"
              + " the tables that need them");
    }
  }

  /** The patterns of what is to be left out that match no table, where any is taken. */
  List<DatasetPattern> idle() {
    return filter.exclude().stream()
        .filter(p -> !taken.isEmpty() && all.values().stream().noneMatch(r -> p.matches(r.name())))
        .toList();
  }

  private boolean takes(Relation relation) {
    return (filter.include().isEmpty() || matchesAny(filter.include(), relation))
        && !matchesAny(filter.exclude(), relation);
  }

  private boolean matchesAny(List<DatasetPattern> patterns, Relation relation) {
    return patterns.stream().anyMatch(p -> names(relation).anyMatch(p::matches));
  }

  /** The name of a table and those of the partitioned tables above it. */
  private Stream<DatasetName> names(Relation relation) {
    return Stream.iterate(relation, r -> r != null, r -> all.get(r.parent())).map(Relation::name);
  }

  /** The condition for a table's rows, in SQL. */
  Optional<String> condition(Relation relation) {
    return names(relation).flatMap(n -> filter.conditionFor(n).stream()).findFirst();
  }

  /** The columns to take of a table. */
  Optional<List<String>> columns(Relation relation) {
    return names(relation).flatMap(n -> filter.columnsFor(n).stream()).findFirst();
  }

  /** The tables whose rows are taken. */
  List<Relation> taken() {
    return taken;
  }

  /**
   * Whether there are large objects that the filter does not speak of: they go with the whole
   * database, not with tables that are named.
   */
  boolean passesLargeObjectsOver() {
    Relation pages = all.get(LargeObjects.OID);
    return pages != null
        && !taken.isEmpty()
        && !taken.contains(pages)
        && !matchesAny(filter.exclude(), pages);
  }

  /** The tables that are taken and the partitioned tables above them: what a run locks. */
  Set<Relation> involved() {
    Set<Relation> involved = new LinkedHashSet<>(taken);
    for (Relation relation : taken) {
      for (Relation up = all.get(relation.parent()); up != null; up = all.get(up.parent())) {
        involved.add(up);
      }
    }
    if (whole()) {
      // Partitioned tables that have no partition yet.
      all.values().stream().filter(r -> !r.holdsRows() && takes(r)).forEach(involved::add);
    }
    return involved;
  }

  /** The names of the tables involved, by id. */
  Map<Integer, DatasetName> names() {
    Map<Integer, DatasetName> names = new LinkedHashMap<>();
    involved().forEach(r -> names.put(r.oid(), r.name()));
    return names;
  }

  /** The partitioned table at the top of a partition; empty for any other table. */
  Optional<Relation> root(Relation relation) {
    Relation root = relation;
    for (Relation up = all.get(relation.parent()); up != null; up = all.get(up.parent())) {
      root = up;
    }
    return root.equals(relation) ? Optional.empty() : Optional.of(root);
  }

  /** The names of the other tables, by id. */
  Map<Integer, DatasetName> left() {
    Set<Relation> involved = involved();
    Map<Integer, DatasetName> left = new LinkedHashMap<>();
    all.values().stream()
        .filter(r -> !involved.contains(r))
        .forEach(r -> left.put(r.oid(), r.name()));
    return left;
  }

  /**
   * Whether it takes the whole database, or all of it but some tables; not where none is taken
   * beside queries.
   */
  boolean whole() {
    return filter.include().isEmpty() && (filter.exclude().isEmpty() || !taken.isEmpty());
  }
}
