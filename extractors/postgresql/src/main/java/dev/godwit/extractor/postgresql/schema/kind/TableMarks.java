package dev.godwit.extractor.postgresql.schema.kind;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.Graph;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.List;
import java.util.Map;

/**
 * What is said of a table once its indexes are there: clustered on, replica identity, row security.
 */
public final class TableMarks {
  private TableMarks() {}

  /** Those of some tables. */
  public static List<SchemaObject> define(Scope scope, Graph graph, List<Node> tables) {
    List<Integer> ids = tables.stream().map(Node::oid).toList();
    return scope
        .query()
        .list(
            """
            select c.oid, m.mark, m.text
            from pg_class c
            left join lateral (
              select quote_ident(x.relname) as name from pg_index i
              join pg_class x on x.oid = i.indexrelid
              where i.indrelid = c.oid and i.indisclustered and i.indisvalid) clustered on true
            left join lateral (
              select quote_ident(x.relname) as name from pg_index i
              join pg_class x on x.oid = i.indexrelid
              where i.indrelid = c.oid and i.indisreplident and i.indisvalid) identity on true
            cross join lateral (values
              ('cluster', 'CLUSTER ON ' || clustered.name),
              ('row security', case when c.relrowsecurity then 'ENABLE ROW LEVEL SECURITY' end),
              ('forced row security',
                case when c.relforcerowsecurity then 'FORCE ROW LEVEL SECURITY' end),
              ('replica identity', case c.relreplident
                 when 'i' then 'REPLICA IDENTITY USING INDEX ' || identity.name
                 when 'f' then 'REPLICA IDENTITY FULL'
                 when 'n' then 'REPLICA IDENTITY NOTHING' end)) m (mark, text)
            where c.oid = any(?) and m.text is not null
            order by array_position(?, c.oid), m.mark
            """,
            row -> {
              Node table = graph.relation(oid(row, "oid"));
              return new SchemaObject(
                  row.getString("mark") + ":" + table.quoted(),
                  row.getString("mark"),
                  table.path(scope),
                  "ALTER TABLE ONLY " + table.quoted() + " " + row.getString("text"),
                  List.of(table.id()),
                  Phase.LAST,
                  scope.datasets(table.oid()),
                  Map.of());
            },
            ids,
            ids);
  }
}
