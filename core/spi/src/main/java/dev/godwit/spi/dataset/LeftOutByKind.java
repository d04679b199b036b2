package dev.godwit.spi.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gathers what a part of a source leaves out, by kind, in bounded memory. What is only said of
 * another object (its owner, a comment) goes with that one and is not counted; what is said of the
 * whole database is.
 */
public final class LeftOutByKind {
  /**
   * The kind of records that users keep in tables of extensions ({@link
   * Dataset#ROWS_OF_EXTENSION}).
   */
  public static final String ROWS_OF_EXTENSION = "rows of extension";

  /** What of a kind is named. */
  private static final int NAMED = 100;

  private static final String DATABASE = ":DATABASE";

  /** Kinds of what is only said of another object, which their first dependency makes. */
  private static final Set<String> SAID =
      Set.of("owner", "privileges", "comment", "security label", "role setting", "role comment");

  /** How a database is made, by a load that makes one; a part goes into one that is there. */
  private static final Set<String> OF_MADE =
      Set.of("database", "database owner", "database tablespace");

  /** Kinds of what is made apart from the object that it is a step or a part of. */
  private static final Set<String> STEPS =
      Set.of(
          "shell type",
          "function stub",
          "view body",
          "rows of materialized view",
          "sequence owner",
          "sequence state");

  private final SortedMap<String, Long> counts = new TreeMap<>();
  private final Map<String, List<String>> first = new TreeMap<>();

  /** Whether a definition only says something of the object that its first dependency makes. */
  public static boolean isSaidOfAnother(SchemaObject object) {
    return SAID.contains(object.kind())
        && !object.dependencies().isEmpty()
        && object.id().startsWith(object.kind() + ":");
  }

  /** Counts a definition, unless it goes without saying with another one. */
  public void add(SchemaObject object) {
    if (isSaidOfAnother(object)
        || OF_MADE.contains(object.kind())
        || STEPS.contains(object.kind())) {
      return;
    }
    add(word(object), 1, object.name().toString());
  }

  /** Its kind, more exactly where one word stands for several things. */
  private static String word(SchemaObject object) {
    if (object.id().endsWith(DATABASE) && object.dependencies().isEmpty()) {
      return "database " + object.kind();
    }
    int end = object.id().indexOf(':');
    return SAID.contains(object.kind()) && end > 0 ? object.id().substring(0, end) : object.kind();
  }

  /** Counts so many things of a kind, under one name. */
  public void add(String kind, long many, String name) {
    counts.merge(kind, many, Long::sum);
    List<String> named = first.computeIfAbsent(kind, k -> new ArrayList<>());
    if (named.size() < NAMED) {
      named.add(name);
    }
  }

  /** Counts what was left out before. */
  public void addAll(List<Catalogue.LeftOut> before) {
    for (Catalogue.LeftOut kind : before) {
      List<String> named = kind.first();
      named.forEach(name -> add(kind.kind(), 1, name));
      counts.merge(kind.kind(), kind.count() - named.size(), Long::sum);
    }
  }

  /** What was counted, by kind in the order of the alphabet. */
  public List<Catalogue.LeftOut> list() {
    return counts.entrySet().stream()
        .map(
            kind ->
                new Catalogue.LeftOut(
                    kind.getKey(), kind.getValue(), first.getOrDefault(kind.getKey(), List.of())))
        .toList();
  }
}
