package dev.godwit.extractor.postgresql.schema.kind;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Definition;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sequences that stand alone or are owned by a column; those of identity columns come with it. */
final class Sequences {
  private Sequences() {}

  static final Kind KIND =
      new Kind(
          "sequence",
          "SEQUENCE",
          Catalog.CLASS,
          Phase.BEFORE_DATA,
          (scope, kind) ->
              Node.list(
                  scope,
                  kind,
                  """
                  select c.oid, n.nspname as schema, c.relname as name,
                    quote_ident(n.nspname) || '.' || quote_ident(c.relname) as quoted,
                    coalesce((select d.refobjid from pg_depend d
                      where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0
                        and d.refclassid = 'pg_class'::regclass and d.deptype = 'a'), 0) as relation
                  from pg_class c
                  join pg_namespace n on n.oid = c.relnamespace
                  where c.relkind = 'S' and c.relpersistence <> 't'
                    and not exists (
                      select from pg_depend d
                      where d.classid = 'pg_class'::regclass and d.objid = c.oid
                        and d.deptype = 'i')
                    and
                  """
                      + Scope.madeByUsers("pg_class", "c.oid")),
          (scope, graph, nodes) -> define(scope, nodes));

  /** The parameters of the sequence {@code q}, a row of pg_sequence. */
  static String parameters(ResultSet row) throws SQLException {
    return " START WITH "
        + row.getLong("seqstart")
        + " INCREMENT BY "
        + row.getLong("seqincrement")
        + " MINVALUE "
        + row.getLong("seqmin")
        + " MAXVALUE "
        + row.getLong("seqmax")
        + " CACHE "
        + row.getLong("seqcache")
        + (row.getBoolean("seqcycle") ? " CYCLE" : "");
  }

  private static Map<Integer, Definition> define(Scope scope, List<Node> sequences) {
    Map<Integer, Node> byId = new HashMap<>();
    sequences.forEach(s -> byId.put(s.oid(), s));
    return scope
        .query()
        .map(
            """
            select c.oid, c.relpersistence, format_type(q.seqtypid, null) as seqtype, q.*
            from pg_class c
            join pg_sequence q on q.seqrelid = c.oid
            where c.oid = any(?)
            """,
            row -> {
              Node node = byId.get(oid(row, "oid"));
              boolean unlogged = row.getString("relpersistence").equals("u");
              return new Definition(
                  (unlogged ? "CREATE UNLOGGED SEQUENCE " : "CREATE SEQUENCE ")
                      + node.quoted()
                      + " AS "
                      + row.getString("seqtype")
                      + parameters(row),
                  Attributes.making(node.schema(), node.name()));
            },
            byId.keySet());
  }
}
