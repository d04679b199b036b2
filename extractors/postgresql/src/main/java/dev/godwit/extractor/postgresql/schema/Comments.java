package dev.godwit.extractor.postgresql.schema;

import static dev.godwit.extractor.postgresql.schema.CatalogueQuery.oid;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Comments on all that is carried. */
final class Comments {
  private Comments() {}

  /** Comments on tables, their columns, indexes and constraints. */
  static List<SchemaObject> onTables(Scope scope, DependencyGraph graph, List<ObjectNode> tables) {
    List<Integer> ids = tables.stream().map(ObjectNode::oid).toList();
    return scope
        .query()
        .list(
            """
            select c.oid, 0::oid as other, quote_literal(d.description) as text,
              case d.objsubid when 0 then 'TABLE ' else 'COLUMN ' end
              || quote_ident(n.nspname) || '.' || quote_ident(c.relname)
              || coalesce('.' || quote_ident(a.attname), '') as target, null as needed
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = c.oid
            left join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid
              and d.objsubid <> 0
            where c.oid = any(?)
            union all
            select i.indrelid, 0::oid, quote_literal(d.description),
              'INDEX ' || quote_ident(n.nspname) || '.' || quote_ident(x.relname), null
            from pg_index i
            join pg_class x on x.oid = i.indexrelid
            join pg_namespace n on n.oid = x.relnamespace
            join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = x.oid
              and d.objsubid = 0
            where i.indrelid = any(?) and (i.indisvalid or x.relkind = 'I')
            union all
            select k.conrelid, case k.contype when 'f' then k.confrelid else 0 end,
              quote_literal(d.description),
              'CONSTRAINT ' || quote_ident(k.conname) || ' ON '
              || quote_ident(n.nspname) || '.' || quote_ident(c.relname),
              case k.contype when 'f' then 'foreign key:' || quote_ident(n.nspname) || '.'
                || quote_ident(c.relname) || '.' || quote_ident(k.conname) end
            from pg_constraint k
            join pg_class c on c.oid = k.conrelid
            join pg_namespace n on n.oid = c.relnamespace
            join pg_description d on d.classoid = 'pg_constraint'::regclass and d.objoid = k.oid
            where k.conrelid = any(?) and k.contype in ('c', 'p', 'u', 'x', 'f', 'n')
            order by 1, 4
            """,
            row -> {
              ObjectNode table = graph.table(oid(row, "oid"));
              int other = oid(row, "other");
              Set<DatasetName> datasets = new LinkedHashSet<>();
              datasets.add(scope.relations().get(table.oid()));
              if (other != 0) {
                if (graph.table(other) == null) {
                  return null;
                }
                datasets.add(scope.relations().get(other));
              }
              List<String> needed = new ArrayList<>(List.of(table.id()));
              if (row.getString("needed") != null) {
                needed.add(row.getString("needed"));
              }
              return comment(
                  row.getString("target"),
                  row.getString("text"),
                  scope.relations().get(table.oid()),
                  needed,
                  List.copyOf(datasets));
            },
            ids,
            ids,
            ids);
  }

  /** Comments on sequences, and on types with their attributes and constraints. */
  static List<SchemaObject> onOthers(Scope scope, List<ObjectNode> others) {
    Map<Integer, DatasetName> owners = SequenceOwners.of(scope);
    List<SchemaObject> comments = new ArrayList<>();
    for (boolean types : List.of(false, true)) {
      Map<Integer, ObjectNode> byId = new java.util.LinkedHashMap<>();
      others.stream()
          .filter(node -> node.kind().isType() == types)
          .forEach(node -> byId.put(node.oid(), node));
      comments.addAll(
          scope
              .query()
              .list(
                  types ? ON_TYPES : ON_SEQUENCES,
                  row -> {
                    ObjectNode node = byId.get(oid(row, "oid"));
                    DatasetName owner = types ? null : owners.get(node.oid());
                    return comment(
                        row.getString("target"),
                        row.getString("text"),
                        scope.name(node.schema(), node.name()),
                        List.of(node.id()),
                        owner == null ? List.of() : List.of(owner));
                  },
                  byId.keySet()));
    }
    return comments;
  }

  private static final String ON_SEQUENCES =
      """
      select c.oid, quote_literal(d.description) as text,
        'SEQUENCE ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) as target
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = c.oid
      where c.oid = any(?)
      order by 3
      """;

  private static final String ON_TYPES =
      """
      with taken as (
        select t.oid, t.typrelid, t.typtype,
          quote_ident(n.nspname) || '.' || quote_ident(t.typname) as quoted
        from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.oid = any(?))
      select t.oid, quote_literal(d.description) as text,
        case t.typtype when 'd' then 'DOMAIN ' else 'TYPE ' end || t.quoted as target
      from taken t
      join pg_description d on d.classoid = 'pg_type'::regclass and d.objoid = t.oid
      union all
      select t.oid, quote_literal(d.description),
        'COLUMN ' || t.quoted || '.' || quote_ident(a.attname)
      from taken t
      join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = t.typrelid
      join pg_attribute a on a.attrelid = t.typrelid and a.attnum = d.objsubid
      where d.objsubid > 0
      union all
      select t.oid, quote_literal(d.description),
        'CONSTRAINT ' || quote_ident(k.conname) || ' ON DOMAIN ' || t.quoted
      from taken t
      join pg_constraint k on k.contypid = t.oid
      join pg_description d on d.classoid = 'pg_constraint'::regclass and d.objoid = k.oid
      order by 3
      """;

  /** Comments on schemas; that of public only where someone wrote another. */
  static List<SchemaObject> onSchemas(Scope scope, List<SchemaObject> schemas) {
    Set<String> taken = new LinkedHashSet<>();
    schemas.forEach(schema -> taken.add(schema.name().last()));
    return scope
        .query()
        .list(
            """
            select n.nspname, quote_ident(n.nspname) as quoted, quote_literal(d.description) as text
            from pg_namespace n
            join pg_description d on d.classoid = 'pg_namespace'::regclass and d.objoid = n.oid
            where not (n.nspname = 'public' and d.description = 'standard public schema')
            order by 1
            """,
            row ->
                taken.contains(row.getString("nspname"))
                    ? comment(
                        "SCHEMA " + row.getString("quoted"),
                        row.getString("text"),
                        scope.name(row.getString("nspname")),
                        List.of("schema:" + row.getString("quoted")),
                        List.of())
                    : null);
  }

  private static SchemaObject comment(
      String target,
      String literal,
      DatasetName name,
      List<String> dependencies,
      List<DatasetName> datasets) {
    return new SchemaObject(
        "comment:" + target,
        "comment",
        name,
        "COMMENT ON " + target + " IS " + literal,
        dependencies,
        Phase.LAST,
        datasets,
        Map.of());
  }
}
