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

/** {@code alter index attach partition}: indexes of partitions that are part of their parent's. */
public final class IndexLinks {
  private IndexLinks() {}

  /** Those of some tables. */
  public static List<SchemaObject> define(Scope scope, Graph graph, List<Node> tables) {
    List<Integer> ids = tables.stream().map(Node::oid).toList();
    return scope
        .query()
        .list(
            """
            select i.indrelid, pi.indrelid as parent, c.relname, n.nspname,
              quote_ident(n.nspname) || '.' || quote_ident(c.relname) as quoted,
              quote_ident(pn.nspname) || '.' || quote_ident(pc.relname) as parentquoted,
              quote_ident(k.conname) as conname, quote_ident(pk.conname) as parentconname
            from pg_inherits h
            join pg_class c on c.oid = h.inhrelid and c.relkind in ('i', 'I')
            join pg_namespace n on n.oid = c.relnamespace
            join pg_index i on i.indexrelid = c.oid
            join pg_class pc on pc.oid = h.inhparent
            join pg_namespace pn on pn.oid = pc.relnamespace
            join pg_index pi on pi.indexrelid = pc.oid
            left join pg_constraint k on k.conindid = c.oid and k.conrelid = i.indrelid
              and k.contype in ('p', 'u', 'x')
            left join pg_constraint pk on pk.conindid = pc.oid and pk.conrelid = pi.indrelid
              and pk.contype in ('p', 'u', 'x')
            where i.indrelid = any(?)
            order by array_position(?, i.indrelid), c.relname
            """,
            row -> {
              Node table = graph.relation(oid(row, "indrelid"));
              Node parent = graph.relation(oid(row, "parent"));
              return parent == null
                  ? null
                  : new SchemaObject(
                      "index partition:" + row.getString("quoted"),
                      "index partition",
                      scope.name(row.getString("nspname"), row.getString("relname")),
                      "ALTER INDEX "
                          + row.getString("parentquoted")
                          + " ATTACH PARTITION "
                          + row.getString("quoted"),
                      List.of(
                          id(parent, row.getString("parentquoted"), row.getString("parentconname")),
                          id(table, row.getString("quoted"), row.getString("conname")),
                          "partition:" + table.quoted()),
                      Phase.LAST,
                      List.of(
                          scope.relations().get(table.oid()), scope.relations().get(parent.oid())),
                      Map.of(Attributes.SINCE, "11"));
            },
            ids,
            ids);
  }

  private static String id(Node table, String index, String constraint) {
    return constraint == null
        ? "index:" + index
        : "constraint:" + table.quoted() + "." + constraint;
  }
}
