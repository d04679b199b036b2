package dev.godwit.extractor.postgresql.schema.kind;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Graph;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a table inherits from; not what it is a partition of.
 *
 * @param all in their order; none where one of them is not taken: the table then stands alone
 * @param afterwards whether the table is made without them, and joined to them by {@code inherit}
 */
record TableParents(List<Node> all, boolean afterwards) {
  static final TableParents NONE = new TableParents(List.of(), false);

  /**
   * Those of some tables. {@code create table ... inherits} puts the columns of the parents first.
   * A table that was joined to them later may have another order: it is made as it was, which needs
   * that everything that it shares with them is its own too.
   */
  static Map<Integer, TableParents> read(CatalogueQuery query, Graph graph, List<Integer> tables) {
    Map<Integer, List<Node>> parents = new HashMap<>();
    query.list(
        "select h.inhrelid, h.inhparent from pg_inherits h join pg_class c on c.oid = h.inhrelid"
            + " where not c.relispartition and h.inhrelid = any(?)"
            + " order by h.inhrelid, h.inhseqno",
        row ->
            parents
                .computeIfAbsent(oid(row, "inhrelid"), k -> new ArrayList<>())
                .add(graph.relation(oid(row, "inhparent"))),
        tables);
    List<Integer> reordered =
        query.list(
            REORDERED.formatted(query.since(18, "'c', 'n'", "'c'")),
            row -> oid(row, "oid"),
            parents.keySet());
    Map<Integer, TableParents> all = new HashMap<>();
    parents.forEach(
        (table, nodes) ->
            all.put(
                table,
                nodes.stream().anyMatch(Objects::isNull)
                    ? NONE
                    : new TableParents(nodes, reordered.contains(table))));
    return all;
  }

  /** Whether the definition of a table names its parents itself. */
  boolean named() {
    return !all.isEmpty() && !afterwards;
  }

  private static final String REORDERED =
      """
      select c.oid from pg_class c
      where c.oid = any(?)
        and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
                          and not a.attisdropped and not a.attislocal)
        and not exists (select from pg_constraint k where k.conrelid = c.oid
                          and k.contype in (%s) and not k.conislocal)
        and (select array_agg(a.attname order by a.attnum) from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)
          <> (select array_agg(a.attname order by p.parent, p.place, a.attnum) from pg_attribute a
              left join lateral (
                select h.inhseqno as parent, pa.attnum as place from pg_inherits h
                join pg_attribute pa on pa.attrelid = h.inhparent and pa.attname = a.attname
                  and not pa.attisdropped
                where h.inhrelid = c.oid order by 1 limit 1) p on true
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)
      """;
}
