package dev.godwit.extractor.postgresql.schema.said;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.Graph;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is to go when an extension goes, though it is none of its own: functions, triggers, indexes
 * and materialized views say so by {@code ALTER ... DEPENDS ON EXTENSION}.
 */
public final class ExtensionDependents {
  private ExtensionDependents() {}

  private static final String WORD = "extension dependence";

  /** The extensions of one in the order in which they were named, as pg_dump tells them. */
  private static final String SELECT =
      """
      select d.classid, d.objid, coalesce(i.indrelid, 0) as indexed,
        'INDEX ' || quote_ident(n.nspname) || '.' || quote_ident(x.relname) as index,
        coalesce('constraint:' || k.conrelid::regclass || '.' || quote_ident(k.conname),
          'index:' || quote_ident(n.nspname) || '.' || quote_ident(x.relname)) as needed,
        array_agg(quote_ident(e.extname) order by d.ctid) as extensions,
        coalesce(array_agg('extension:' || quote_ident(e.extname))
          filter (where e.oid >= 16384), '{}') as made
      from pg_depend d
      join pg_extension e on e.oid = d.refobjid
      left join pg_index i on d.classid = 'pg_class'::regclass and i.indexrelid = d.objid
      left join pg_class x on x.oid = i.indexrelid
      left join pg_namespace n on n.oid = x.relnamespace
      left join pg_constraint k
        on k.conindid = x.oid and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x')
      where d.deptype = 'x' and d.refclassid = 'pg_extension'::regclass
      group by d.classid, d.objid, i.indrelid, n.nspname, x.relname, k.conrelid, k.conname
      order by 1, 2
      """;

  /** Each of them that is carried. */
  public static List<SchemaObject> define(Scope scope, Graph graph) {
    return scope
        .query()
        .list(
            SELECT,
            row -> {
              int indexed = oid(row, "indexed");
              Node on =
                  indexed == 0
                      ? graph.node(oid(row, "classid"), oid(row, "objid"))
                      : graph.relation(indexed);
              if (on == null) {
                return null;
              }
              List<String> needed = new ArrayList<>(List.of(on.id()));
              if (indexed != 0) {
                needed.add(row.getString("needed"));
              }
              List<String> extensions = List.of((String[]) row.getArray("extensions").getArray());
              needed.addAll(List.of((String[]) row.getArray("made").getArray()));
              String target = indexed == 0 ? on.target() : row.getString("index");
              return new SchemaObject(
                  WORD + ":" + target,
                  WORD,
                  on.path(scope),
                  extensions.stream()
                      .map(name -> "ALTER " + target + " DEPENDS ON EXTENSION " + name)
                      .collect(Collectors.joining(";\n")),
                  needed,
                  Phase.LAST,
                  scope.datasets(on.relation()),
                  Map.of());
            });
  }
}
