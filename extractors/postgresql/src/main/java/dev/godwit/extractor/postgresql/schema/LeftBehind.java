package dev.godwit.extractor.postgresql.schema;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Graph;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.extractor.postgresql.schema.kind.LargeObjectRuns;
import dev.godwit.extractor.postgresql.schema.said.Brought;
import dev.godwit.extractor.postgresql.schema.said.DatabaseSettings;
import dev.godwit.extractor.postgresql.schema.said.OfDatabase;
import dev.godwit.extractor.postgresql.schema.said.Privileges;
import dev.godwit.extractor.postgresql.schema.said.SecurityLabels;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.LeftOutByKind;
import java.util.List;
import java.util.Set;

/**
 * What a part of a database goes without, told. Where tables were chosen, the others and what
 * belongs to them alone go without saying; where tables were left out, they are told too.
 */
final class LeftBehind {
  private final Scope scope;
  private final Graph graph;
  private final LeftOutByKind told = new LeftOutByKind();

  private LeftBehind(Scope scope, Graph graph) {
    this.scope = scope;
    this.graph = graph;
  }

  static List<Catalogue.LeftOut> of(Scope scope, Graph graph) {
    LeftBehind left = new LeftBehind(scope, graph);
    left.tellData();
    left.tellLinks();
    left.tellNodes();
    if (!scope.whole()) {
      left.tellOfDatabase();
    }
    return left.told.list();
  }

  private void tellData() {
    if (scope.left().containsKey(Catalog.LARGE_OBJECT)) {
      scope
          .query()
          .list(
              "select count(*) as many from pg_largeobject_metadata",
              row -> {
                told.add(
                    LargeObjectRuns.WORD,
                    row.getLong("many"),
                    scope.left().get(Catalog.LARGE_OBJECT).toString());
                return null;
              });
    }
    Set<Integer> ofExtensions =
        scope
            .query()
            .map(
                "select c as oid from pg_extension, unnest(extconfig) c where c = any(?)",
                row -> true,
                scope.left().keySet())
            .keySet();
    scope
        .left()
        .forEach(
            (id, name) -> {
              if (ofExtensions.contains(id)) {
                told.add(LeftOutByKind.ROWS_OF_EXTENSION, 1, name.toString());
              } else if (scope.whole() && id != Catalog.LARGE_OBJECT) {
                told.add("table", 1, name.toString());
              }
            });
  }

  /** What would tie a table that is taken to one that is left. */
  private void tellLinks() {
    scope
        .query()
        .list(
            """
            select l.kind, n.nspname, c.relname, l.name from (
              select 'foreign key' as kind, k.conrelid as id, k.confrelid as other, k.conname as name
              from pg_constraint k where k.contype = 'f'
            """
                + scope.query().since(11, " and k.conparentid = 0", "")
                + """
                   union all
                  select case when c.relispartition then 'partition' else 'inheritance' end,
                    h.inhrelid, h.inhparent, null::name
                  from pg_inherits h join pg_class c on c.oid = h.inhrelid
                  where c.relkind in ('r', 'p', 'f')) l
                join pg_class c on c.oid = l.id
                join pg_namespace n on n.oid = c.relnamespace
                where (l.id = any(?) and l.other = any(?)) or (l.id = any(?) and l.other = any(?))
                order by 1, 2, 3, 4
                """,
            row -> {
              String link = row.getString("name");
              String schema = row.getString("nspname");
              String table = row.getString("relname");
              told.add(
                  row.getString("kind"),
                  1,
                  (link == null ? scope.name(schema, table) : scope.name(schema, table, link))
                      .toString());
              return null;
            },
            scope.relations().keySet(),
            scope.left().keySet(),
            scope.left().keySet(),
            scope.relations().keySet());
  }

  /** What belongs to a table that is left goes without saying, as that table does. */
  private void tellNodes() {
    for (Node node : graph.dropped()) {
      if (!scope.left().containsKey(node.relation())) {
        told.add(node.kind().word(), 1, node.path(scope).toString());
      }
    }
  }

  private void tellOfDatabase() {
    OfDatabase.privileges(scope).forEach(told::add);
    DatabaseSettings.define(scope).forEach(told::add);
    DatabaseSettings.comment(scope).forEach(told::add);
    Privileges.byDefault(scope).forEach(told::add);
    Brought.privileges(scope).forEach(told::add);
    if (SecurityLabels.any(scope)) {
      SecurityLabels.onDatabase(scope).forEach(told::add);
    }
  }
}
