package dev.godwit.extractor.postgresql.schema;

import static dev.godwit.extractor.postgresql.schema.CatalogueQuery.oid;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.List;
import java.util.Map;

/** {@code attach partition}: what makes a table part of a partitioned one. */
final class PartitionLinks {
  private PartitionLinks() {}

  static List<SchemaObject> define(Scope scope, DependencyGraph graph, List<ObjectNode> tables) {
    return scope
        .query()
        .list(
            """
            select c.oid, h.inhparent, pg_get_expr(c.relpartbound, c.oid) as bound
            from pg_class c join pg_inherits h on h.inhrelid = c.oid
            where c.relispartition and c.oid = any(?)
            order by array_position(?, c.oid)
            """,
            row -> {
              ObjectNode child = graph.table(oid(row, "oid"));
              ObjectNode parent = graph.table(oid(row, "inhparent"));
              return parent == null
                  ? null
                  : new SchemaObject(
                      "partition:" + child.quoted(),
                      "partition",
                      scope.relations().get(child.oid()),
                      "ALTER TABLE ONLY "
                          + parent.quoted()
                          + " ATTACH PARTITION "
                          + child.quoted()
                          + " "
                          + row.getString("bound"),
                      List.of(parent.id(), child.id()),
                      Phase.BEFORE_DATA,
                      List.of(
                          scope.relations().get(child.oid()), scope.relations().get(parent.oid())),
                      row.getString("bound").equals("DEFAULT")
                          ? Map.of(Attributes.SINCE, "11")
                          : Map.of());
            },
            ids(tables),
            ids(tables));
  }

  private static List<Integer> ids(List<ObjectNode> tables) {
    return tables.stream().map(ObjectNode::oid).toList();
  }
}
