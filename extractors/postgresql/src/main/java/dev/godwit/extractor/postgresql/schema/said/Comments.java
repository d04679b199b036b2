package dev.godwit.extractor.postgresql.schema.said;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Graph;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Comments on all that is carried. */
public final class Comments {
  private Comments() {}

  /** Comments on objects of one catalogue; that of public only where someone wrote another. */
  public static List<SchemaObject> on(Scope scope, List<Node> nodes) {
    return on(scope, nodes, Node::id);
  }

  /**
   * As {@link #on(Scope, List)}.
   *
   * @param made the definition that makes an object
   */
  public static List<SchemaObject> on(Scope scope, List<Node> nodes, Function<Node, String> made) {
    if (nodes.isEmpty()) {
      return List.of();
    }
    Map<Integer, Node> byId = new HashMap<>();
    nodes.forEach(node -> byId.put(node.oid(), node));
    return scope
        .query()
        .list(
            """
            select * from (
              select objoid, quote_literal(description) as text
              from pg_description
              where classoid = %1$d and objsubid = 0
                and not (classoid = 'pg_namespace'::regclass and objoid = 2200
                         and description = 'standard public schema')
              union all
              select n.oid, 'NULL' from pg_namespace n
              where %1$d = 'pg_namespace'::regclass and n.nspname = 'public' and not exists (
                select from pg_description d where d.classoid = %1$d and d.objoid = n.oid)) said
            where objoid = any(?)
            order by array_position(?, objoid)
            """
                .formatted(nodes.get(0).kind().catalogue()),
            row -> {
              Node node = byId.get(oid(row, "objoid"));
              return comment(
                  node.target(),
                  row.getString("text"),
                  node.path(scope),
                  List.of(made.apply(node)),
                  scope.datasets(node.relation()));
            },
            byId.keySet(),
            nodes.stream().map(Node::oid).toList());
  }

  private static final String PARTS =
      """
      select c.oid, 0::oid as other, quote_literal(d.description) as text,
        'COLUMN ' || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.'
        || quote_ident(a.attname) as target, null as needed
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_description d on d.classoid = 'pg_class'::regclass and d.objoid = c.oid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid
      where c.oid = any(?) and d.objsubid > 0
      union all
      select i.indrelid, 0::oid, quote_literal(d.description),
        'INDEX ' || quote_ident(n.nspname) || '.' || quote_ident(x.relname),
        case when not exists (select from pg_constraint b where b.conindid = x.oid
            and b.conrelid = i.indrelid and b.contype in ('p', 'u', 'x'))
          then 'index:' || quote_ident(n.nspname) || '.' || quote_ident(x.relname) end
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
        case when k.contype = 'f' then 'foreign key:'
          when k.contype in ('p', 'u', 'x') then 'constraint:' end
          || quote_ident(n.nspname) || '.' || quote_ident(c.relname) || '.'
          || quote_ident(k.conname)
      from pg_constraint k
      join pg_class c on c.oid = k.conrelid
      join pg_namespace n on n.oid = c.relnamespace
      join pg_description d on d.classoid = 'pg_constraint'::regclass and d.objoid = k.oid
      where k.conrelid = any(?) and k.contype in ('c', 'p', 'u', 'x', 'f', 'n')
      order by 1, 4
      """;

  /** Comments on the columns, indexes and constraints of relations. */
  public static List<SchemaObject> onParts(Scope scope, Graph graph, List<Node> relations) {
    List<Integer> ids = relations.stream().map(Node::oid).toList();
    return scope
        .query()
        .list(
            PARTS,
            row -> {
              Node table = graph.relation(oid(row, "oid"));
              Set<DatasetName> datasets = new LinkedHashSet<>(scope.datasets(table.oid()));
              int other = oid(row, "other");
              if (other != 0) {
                if (graph.relation(other) == null) {
                  return null;
                }
                datasets.addAll(scope.datasets(other));
              }
              List<String> needed = new ArrayList<>(List.of(table.id()));
              if (row.getString("needed") != null) {
                needed.add(row.getString("needed"));
              }
              return comment(
                  row.getString("target"),
                  row.getString("text"),
                  table.path(scope),
                  needed,
                  List.copyOf(datasets));
            },
            ids,
            ids,
            ids);
  }

  private static final String PARTS_OF_TYPES =
      """
      with taken as (
        select t.oid, t.typrelid,
          quote_ident(n.nspname) || '.' || quote_ident(t.typname) as quoted
        from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.oid = any(?))
      select t.oid, quote_literal(d.description) as text,
        'COLUMN ' || t.quoted || '.' || quote_ident(a.attname) as target
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

  /** Comments on the columns of composite types and the constraints of domains. */
  public static List<SchemaObject> onPartsOfTypes(Scope scope, Graph graph, List<Node> types) {
    return scope
        .query()
        .list(
            PARTS_OF_TYPES,
            row -> {
              Node type = graph.node(Catalog.TYPE, oid(row, "oid"));
              return comment(
                  row.getString("target"),
                  row.getString("text"),
                  type.path(scope),
                  List.of(type.id()),
                  List.of());
            },
            types.stream().map(Node::oid).toList());
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
