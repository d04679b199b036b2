package dev.godwit.extractor.postgresql.schema.kind;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Definition;
import dev.godwit.extractor.postgresql.schema.graph.Graph;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.extractor.postgresql.schema.kind.TableColumns.Column;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tables, with their columns, defaults and checks. A partition is made as a table of its own and
 * attached afterwards ({@link PartitionLinks}), so that it keeps the order of its columns.
 */
final class Tables {
  private Tables() {}

  /**
   * What pg_class says of a table; texts with their keywords, empty where nothing is to be said.
   */
  record Head(
      boolean related,
      boolean unlogged,
      String of,
      String using,
      String with,
      String by,
      String server) {
    /** The oldest major version that understands it; 10 where any does. */
    int since() {
      if (SINCE_18.stream().anyMatch(with::contains)) {
        return 18;
      }
      return !by.isEmpty() && !using.isEmpty() ? 17 : by.contains(" HASH ") ? 11 : 10;
    }
  }

  /** Parameters of tables that PostgreSQL 18 brought (release notes). */
  private static final List<String> SINCE_18 =
      List.of("autovacuum_vacuum_max_threshold=", "vacuum_max_eager_freeze_failure_rate=");

  static final Kind KIND =
      new Kind(
          "table",
          "TABLE",
          Catalog.CLASS,
          Phase.BEFORE_DATA,
          (scope, kind) ->
              Node.list(
                  scope,
                  kind,
                  "select * from (" + list("'r', 'p'") + ") t where oid = any(?)",
                  scope.relations().keySet()),
          Tables::define);

  /** Relations of some letters of {@code relkind}, each as a table of its own. */
  static String list(String letters) {
    return """
        select c.oid, n.nspname as schema, c.relname as name,
          quote_ident(n.nspname) || '.' || quote_ident(c.relname) as quoted, c.oid as relation
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in (%s) and
        """
            .formatted(letters)
        + Scope.madeByUsers("pg_class", "c.oid");
  }

  static Map<Integer, Definition> define(Scope scope, Graph graph, List<Node> tables) {
    List<Integer> ids = tables.stream().map(Node::oid).toList();
    CatalogueQuery query = scope.query();
    Map<Integer, Head> heads = heads(query, ids);
    Map<Integer, List<Column>> columns =
        TableColumns.read(query, ids, id -> graph.isApart(Catalog.ATTRDEF, id));
    Map<Integer, TableParents> parents = TableParents.read(query, graph, ids);
    Map<Integer, List<String>> checks = checks(query, graph, ids);
    Map<Integer, Definition> definitions = new HashMap<>();
    for (Node table : tables) {
      Head head = heads.get(table.oid());
      TableText text =
          new TableText(
              table.quoted(),
              head.of(),
              parents.getOrDefault(table.oid(), TableParents.NONE),
              columns.getOrDefault(table.oid(), List.of()),
              checks.getOrDefault(table.oid(), List.of()));
      definitions.put(
          table.oid(),
          new Definition(
              "CREATE "
                  + (head.unlogged() ? "UNLOGGED " : "")
                  + table.kind().keyword()
                  + " "
                  + text.create(head.by() + head.using() + head.with() + head.server())
                  + text.settings(),
              attributes(table, columns.getOrDefault(table.oid(), List.of()), head)));
    }
    return definitions;
  }

  private static Map<String, String> attributes(Node table, List<Column> columns, Head head) {
    Map<String, String> attributes = new TreeMap<>(Attributes.making(table.schema(), table.name()));
    int since = head.since();
    int made = 1;
    for (Column column : columns) {
      if (!column.identitySequence().isEmpty()) {
        attributes.put(Attributes.MAKES + made++, column.identitySequence());
      }
      since = Math.max(since, column.since());
    }
    if (head.related()) {
      attributes.put(Attributes.RELATED, "true");
    }
    if (since > 10) {
      attributes.put(Attributes.SINCE, Integer.toString(since));
    }
    return attributes;
  }

  /** What pg_class says of relations. */
  static Map<Integer, Head> heads(CatalogueQuery query, List<Integer> ids) {
    Map<Integer, Head> heads = new HashMap<>();
    String options =
        "(select string_agg(%s, ', ') from unnest(%s) as o (text),"
            + " lateral (select split_part(o.text, '=', 1) as key,"
            + " quote_literal(substr(o.text, strpos(o.text, '=') + 1)) as value) p)";
    query.list(
        "select c.oid, c.relpersistence, c.relispartition or c.relhassubclass or c.relkind = 'p'"
            + " or exists (select from pg_inherits h where h.inhrelid = c.oid) as related,"
            + " pg_get_partkeydef(c.oid) as partkey,"
            + " case when c.reloftype <> 0 then format_type(c.reloftype, null) end as oftype, "
            + query.since(
                12,
                "case when am.amname <> 'heap' or c.relkind = 'p' then quote_ident(am.amname) end",
                "null::text")
            + " as method, "
            + options.formatted("key || '=' || value", "c.reloptions")
            + " as options, "
            + options.formatted("'toast.' || key || '=' || value", "s.reloptions")
            + " as toastoptions, (select e'\\nSERVER ' || quote_ident(fs.srvname) || "
            + ForeignData.options("ft.ftoptions")
            + " from pg_foreign_table ft join pg_foreign_server fs on fs.oid = ft.ftserver"
            + " where ft.ftrelid = c.oid) as server from pg_class c left join pg_class s on s.oid = c.reltoastrelid "
            + query.since(12, "left join pg_am am on am.oid = c.relam", "")
            + " where c.oid = any(?)",
        row -> {
          List<String> with = new ArrayList<>();
          for (String key : List.of("options", "toastoptions")) {
            if (row.getString(key) != null) {
              with.add(row.getString(key));
            }
          }
          String partkey = row.getString("partkey");
          String method = row.getString("method");
          String of = row.getString("oftype");
          return heads.put(
              oid(row, "oid"),
              new Head(
                  row.getBoolean("related"),
                  row.getString("relpersistence").equals("u"),
                  of == null ? "" : " OF " + of,
                  method == null ? "" : "\nUSING " + method,
                  with.isEmpty() ? "" : "\nWITH (" + String.join(", ", with) + ")",
                  partkey == null ? "" : "\nPARTITION BY " + partkey,
                  row.getString("server") == null ? "" : row.getString("server")));
        },
        ids);
    return heads;
  }

  private static Map<Integer, List<String>> checks(
      CatalogueQuery query, Graph graph, List<Integer> ids) {
    Map<Integer, List<String>> checks = new HashMap<>();
    query.list(
        """
        select k.oid, k.conrelid, quote_ident(k.conname) as conname, pg_get_constraintdef(k.oid) as text
        from pg_constraint k join pg_class c on c.oid = k.conrelid
        where k.contype = 'c' and k.convalidated and (k.conislocal or c.relispartition)
          and k.conrelid = any(?)
        order by k.conrelid, k.conname
        """,
        row ->
            !graph.isApart(Catalog.CONSTRAINT, oid(row, "oid"))
                && checks
                    .computeIfAbsent(oid(row, "conrelid"), k -> new ArrayList<>())
                    .add("CONSTRAINT " + row.getString("conname") + " " + row.getString("text")),
        ids);
    return checks;
  }
}
