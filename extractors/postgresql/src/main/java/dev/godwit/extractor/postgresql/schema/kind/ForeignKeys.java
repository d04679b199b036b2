package dev.godwit.extractor.postgresql.schema.kind;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Graph;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.name.DatasetName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Foreign keys, and the checks whose rows were never looked at: both come after everything. */
public final class ForeignKeys {
  private ForeignKeys() {}

  /** Those of some tables. */
  public static List<SchemaObject> define(Scope scope, Graph graph, List<Node> tables) {
    List<Integer> ids = tables.stream().map(Node::oid).toList();
    return scope
        .query()
        .list(
            """
            select k.conrelid, k.confrelid, k.conname, quote_ident(k.conname) as quoted,
              k.convalidated, c.relkind = 'p' as partitioned, pg_get_constraintdef(k.oid) as text,
              quote_ident(x.conname) as key,
              quote_ident(xn.nspname) || '.' || quote_ident(xc.relname) as keyindex, %s as since
            from pg_constraint k
            join pg_class c on c.oid = k.conrelid
            left join pg_constraint x on x.conindid = k.conindid and x.conrelid = k.confrelid
              and x.contype in ('p', 'u')
            left join pg_class xc on xc.oid = k.conindid
            left join pg_namespace xn on xn.oid = xc.relnamespace
            where k.contype = 'f' and k.conrelid = any(?)
            """
                    .formatted(since(scope.query()))
                + scope.query().since(11, " and k.conparentid = 0", "")
                + " order by array_position(?, k.conrelid), k.conname",
            row -> {
              Node table = graph.relation(oid(row, "conrelid"));
              Node target = graph.relation(oid(row, "confrelid"));
              if (target == null) {
                return null;
              }
              boolean partitioned = row.getBoolean("partitioned");
              String key = row.getString("key");
              DatasetName name = scope.relations().get(table.oid());
              DatasetName targetName = scope.relations().get(target.oid());
              return new SchemaObject(
                  "foreign key:" + table.quoted() + "." + row.getString("quoted"),
                  "foreign key",
                  scope.name(table.schema(), table.name(), row.getString("conname")),
                  "ALTER TABLE "
                      + (partitioned ? "" : "ONLY ")
                      + table.quoted()
                      + " ADD CONSTRAINT "
                      + row.getString("quoted")
                      + " "
                      + row.getString("text"),
                  List.of(
                      table.id(),
                      target.id(),
                      key == null
                          ? "index:" + row.getString("keyindex")
                          : "constraint:" + target.quoted() + "." + key),
                  Phase.LAST,
                  name.equals(targetName) ? List.of(name) : List.of(name, targetName),
                  attributes(row, partitioned));
            },
            ids,
            ids);
  }

  /** What PostgreSQL 18 takes, which is not enforced or of a period, and columns to set, of 15. */
  private static String since(CatalogueQuery query) {
    return "case when "
        + query.since(18, "not k.conenforced or k.conperiod", "false")
        + " then 18 when "
        + query.since(15, "k.confdelsetcols is not null", "false")
        + " then 15 else 0 end";
  }

  private static Map<String, String> attributes(ResultSet row, boolean partitioned)
      throws SQLException {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put(Attributes.VALIDATED, Boolean.toString(row.getBoolean("convalidated")));
    attributes.put(Attributes.PARTITIONED, Boolean.toString(partitioned));
    if (row.getInt("since") > 0) {
      attributes.put(Attributes.SINCE, row.getString("since"));
    }
    return attributes;
  }

  /** Checks, and since 18 not-null constraints, that are not valid. */
  public static List<SchemaObject> unchecked(Scope scope, Graph graph, List<Node> tables) {
    List<Integer> ids = tables.stream().map(Node::oid).toList();
    return scope
        .query()
        .list(
            """
            select conrelid, conname, quote_ident(conname) as quoted,
              pg_get_constraintdef(oid) as text
            from pg_constraint
            where contype in ('c', 'n') and not convalidated and conislocal and conrelid = any(?)
            order by array_position(?, conrelid), conname
            """,
            row -> {
              Node table = graph.relation(oid(row, "conrelid"));
              return new SchemaObject(
                  "constraint:" + table.quoted() + "." + row.getString("quoted"),
                  "check",
                  scope.name(table.schema(), table.name(), row.getString("conname")),
                  "ALTER TABLE "
                      + table.quoted()
                      + " ADD CONSTRAINT "
                      + row.getString("quoted")
                      + " "
                      + row.getString("text"),
                  List.of(table.id()),
                  Phase.LAST,
                  // A foreign table may have such a check and is no dataset.
                  scope.datasets(table.oid()),
                  row.getString("text").startsWith("NOT NULL")
                          || row.getString("text").endsWith("NOT ENFORCED")
                      ? Map.of(Attributes.SINCE, "18")
                      : Map.of());
            },
            ids,
            ids);
  }
}
