package dev.godwit.extractor.postgresql.schema.kind;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Graph;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Where sequences stand: the last value and whether it was given out. Those of extensions too,
 * where they say that users' values are in them.
 */
public final class SequenceState {
  /** How many of those that are left out are named. */
  private static final int NAMED = 100;

  private SequenceState() {}

  /**
   * A sequence as the run shows it.
   *
   * @param owner the table that it is owned by; 0 for none
   * @param needs the id of the definition that makes it
   */
  public record Found(
      int oid, String schema, String name, String quoted, int owner, String needs) {}

  /** The sequences whose state is to be read. */
  public static List<Found> find(Scope scope, Graph graph) {
    Set<Integer> standing = new HashSet<>();
    graph.ordered("sequence").forEach(s -> standing.add(s.oid()));
    Set<String> extensions = new HashSet<>();
    graph.ordered("extension").forEach(e -> extensions.add(e.id()));
    return scope
        .query()
        .list(
            """
                select c.oid, n.nspname, c.relname, d.refobjid as owner, d.deptype,
                  quote_ident(n.nspname) || '.' || quote_ident(c.relname) as quoted,
                  (select 'extension:' || quote_ident(e.extname) from pg_extension e
                   where c.oid = any(e.extconfig)) as extension
                from pg_class c
                join pg_namespace n on n.oid = c.relnamespace
                left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid
                  and d.objsubid = 0 and d.refclassid = 'pg_class'::regclass
                  and d.deptype in ('a', 'i')
                where c.relkind = 'S'
                order by 2, 3
                """,
            row -> {
              int oid = oid(row, "oid");
              int owner = oid(row, "owner");
              boolean identity =
                  "i".equals(row.getString("deptype")) && graph.relation(owner) != null;
              String extension = row.getString("extension");
              if (extension != null && !extensions.contains(extension)) {
                extension = null;
              }
              if (!identity && !standing.contains(oid) && extension == null) {
                return null;
              }
              String quoted = row.getString("quoted");
              return new Found(
                  oid,
                  row.getString("nspname"),
                  row.getString("relname"),
                  quoted,
                  owner,
                  extension != null
                      ? extension
                      : identity ? graph.relation(owner).id() : "sequence:" + quoted);
            });
  }

  /**
   * Reads it, {@code after} the data, outside of any snapshot.
   *
   * @param warnings told of the unlogged sequences that a standby knows nothing of
   */
  public static List<SchemaObject> read(
      Scope scope, List<Found> sequences, CatalogueQuery after, Consumer<String> warnings) {
    List<SchemaObject> states = new ArrayList<>();
    List<Found> unknown = new ArrayList<>();
    for (int from = 0; from < sequences.size(); from += Scope.PAGE) {
      states.addAll(
          page(
              scope,
              after,
              sequences.subList(from, Math.min(from + Scope.PAGE, sequences.size())),
              unknown));
    }
    if (!unknown.isEmpty()) {
      warnings.accept(
          "where "
              + (unknown.size() == 1
                  ? "1 unlogged sequence stands"
                  : unknown.size() + " unlogged sequences stand")
              + " is left out, for a standby does not know it: "
              + unknown.stream()
                  .limit(NAMED)
                  .map(s -> scope.name(s.schema(), s.name()).toString())
                  .collect(Collectors.joining(", "))
              + (unknown.size() > NAMED ? " and " + (unknown.size() - NAMED) + " more" : "")
              + "; restored, they begin anew, as they do when the standby is promoted"
              + " (a backup of the primary carries it)");
    }
    return states;
  }

  private static List<SchemaObject> page(
      Scope scope, CatalogueQuery after, List<Found> page, List<Found> unknown) {
    // No table's lock holds one that stands alone: it may have another name by now, or be gone.
    Set<Integer> unlogged = new HashSet<>();
    Map<Integer, String> names =
        after.map(
            """
            select c.oid, quote_ident(n.nspname) || '.' || quote_ident(c.relname) as quoted,
              c.relpersistence = 'u' and pg_is_in_recovery() as unknown
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'S' and c.oid = any(?) and not %s
            """
                .formatted(SequenceRights.GOES_WITH_ITS_TABLE),
            row -> {
              if (row.getBoolean("unknown")) {
                unlogged.add(oid(row, "oid"));
                return null;
              }
              return row.getString("quoted");
            },
            page.stream().map(Found::oid).toList());
    page.stream().filter(s -> unlogged.contains(s.oid())).forEach(unknown::add);
    List<Found> sequences = page.stream().filter(s -> names.containsKey(s.oid())).toList();
    if (sequences.isEmpty()) {
      return List.of();
    }
    // pg_sequences does not tell is_called apart before 10's own columns do: ask each, in one
    // query.
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < sequences.size(); i++) {
      parts.add(
          "select "
              + i
              + " as place, last_value, is_called from "
              + names.get(sequences.get(i).oid()));
    }
    Map<Integer, String> values = new HashMap<>();
    after.list(
        String.join(" union all ", parts),
        row ->
            values.put(
                row.getInt("place"),
                row.getLong("last_value") + ", " + row.getBoolean("is_called")));
    List<SchemaObject> states = new ArrayList<>();
    for (int i = 0; i < sequences.size(); i++) {
      Found sequence = sequences.get(i);
      DatasetName owner = scope.relations().get(sequence.owner());
      states.add(
          new SchemaObject(
              "sequence state:" + sequence.quoted(),
              "sequence state",
              scope.name(sequence.schema(), sequence.name()),
              "SELECT pg_catalog.setval('"
                  + sequence.quoted().replace("'", "''")
                  + "'::pg_catalog.regclass, "
                  + values.get(i)
                  + ")",
              List.of(sequence.needs()),
              Phase.LAST,
              owner == null ? List.of() : List.of(owner),
              Map.of()));
    }
    return states;
  }
}
