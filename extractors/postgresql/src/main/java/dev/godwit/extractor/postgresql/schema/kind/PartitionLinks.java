package dev.godwit.extractor.postgresql.schema.kind;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.Graph;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code attach partition}: what makes a table part of a partitioned one. */
public final class PartitionLinks {
  private PartitionLinks() {}

  /** Those of some tables. */
  public static List<SchemaObject> define(Scope scope, Graph graph, List<Node> tables) {
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
              Node child = graph.relation(oid(row, "oid"));
              Node parent = graph.relation(oid(row, "inhparent"));
              return parent == null
                  ? null
                  : new SchemaObject(
                      "partition:" + child.quoted(),
                      "partition",
                      child.path(scope),
                      "ALTER TABLE ONLY "
                          + parent.quoted()
                          + " ATTACH PARTITION "
                          + child.quoted()
                          + " "
                          + row.getString("bound"),
                      List.of(parent.id(), child.id()),
                      Phase.BEFORE_DATA,
                      Stream.of(child, parent)
                          .flatMap(table -> scope.datasets(table.oid()).stream())
                          .toList(),
                      row.getString("bound").equals("DEFAULT")
                          ? Map.of(Attributes.SINCE, "11")
                          : Map.of());
            },
            ids(tables),
            ids(tables));
  }

  private static List<Integer> ids(List<Node> tables) {
    return tables.stream().map(Node::oid).toList();
  }
}
