package dev.godwit.extractor.postgresql.schema;

import static dev.godwit.extractor.postgresql.schema.CatalogueQuery.oid;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Enums, composites, domains and ranges that users made. */
final class Types {
  private Types() {}

  private static final String COLLATION =
      "case when %s <> %s then ' COLLATE ' || quote_ident(cn.nspname) || '.'"
          + " || quote_ident(co.collname) else '' end as collation";

  static List<SchemaObject> define(Scope scope, DependencyGraph graph, List<ObjectNode> types) {
    List<Integer> ids = types.stream().map(ObjectNode::oid).toList();
    Map<Integer, String> definitions = new HashMap<>();
    definitions.putAll(enums(scope.query(), ids, types));
    definitions.putAll(composites(scope.query(), ids, types));
    definitions.putAll(domains(scope.query(), ids, types));
    definitions.putAll(ranges(scope.query(), ids, types));
    Map<Integer, String> needs = Needs.ofTypes(scope, ids);
    List<SchemaObject> objects = new ArrayList<>();
    for (ObjectNode type : types) {
      List<String> dependencies = new ArrayList<>(List.of("schema:" + Schemas.quotedSchema(type)));
      dependencies.addAll(graph.needsOf(type));
      Map<String, String> attributes = new TreeMap<>();
      if (needs.containsKey(type.oid())) {
        attributes.put(Attributes.NEEDS, needs.get(type.oid()));
      }
      if (definitions.get(type.oid()).contains("multirange_type_name")) {
        attributes.put(Attributes.SINCE, "14");
      }
      objects.add(
          new SchemaObject(
              type.id(),
              "type",
              scope.name(type.schema(), type.name()),
              definitions.get(type.oid()),
              dependencies,
              Phase.BEFORE_DATA,
              List.of(),
              attributes));
    }
    return objects;
  }

  private static Map<Integer, String> enums(
      CatalogueQuery query, List<Integer> ids, List<ObjectNode> types) {
    Map<Integer, String> labels = new HashMap<>();
    query.list(
        """
        select enumtypid, string_agg(quote_literal(enumlabel), ', ' order by enumsortorder) as labels
        from pg_enum where enumtypid = any(?) group by enumtypid
        """,
        row -> labels.put(oid(row, "enumtypid"), row.getString("labels")),
        ids);
    return each(
        types,
        ObjectNode.Kind.ENUM,
        type ->
            "CREATE TYPE "
                + type.quoted()
                + " AS ENUM ("
                + labels.getOrDefault(type.oid(), "")
                + ")");
  }

  private static Map<Integer, String> composites(
      CatalogueQuery query, List<Integer> ids, List<ObjectNode> types) {
    Map<Integer, List<String>> fields = new HashMap<>();
    query.list(
        """
        select c.reltype, quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
                 as field,
        """
            + COLLATION.formatted("a.attcollation", "t.typcollation")
            + """

        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        join pg_type t on t.oid = a.atttypid
        left join pg_collation co on co.oid = a.attcollation
        left join pg_namespace cn on cn.oid = co.collnamespace
        where c.relkind = 'c' and c.reltype = any(?)
        order by c.reltype, a.attnum
        """,
        row ->
            fields
                .computeIfAbsent(oid(row, "reltype"), k -> new ArrayList<>())
                .add("\n  " + row.getString("field") + row.getString("collation")),
        ids);
    return each(
        types,
        ObjectNode.Kind.COMPOSITE,
        type ->
            "CREATE TYPE "
                + type.quoted()
                + " AS ("
                + String.join(",", fields.getOrDefault(type.oid(), List.of()))
                + ")");
  }

  private static Map<Integer, String> domains(
      CatalogueQuery query, List<Integer> ids, List<ObjectNode> types) {
    Map<Integer, String> heads = new HashMap<>();
    query.list(
        "select t.oid, format_type(t.typbasetype, t.typtypmod) as base, t.typnotnull,"
            + " pg_get_expr(t.typdefaultbin, 0) as value, t.typdefault, "
            + COLLATION.formatted("t.typcollation", "b.typcollation")
            + ", "
            + query.since(
                18,
                "(select quote_ident(k.conname) from pg_constraint k"
                    + " where k.contypid = t.oid and k.contype = 'n')",
                "null::text")
            + """
             as notnull
            from pg_type t
            join pg_type b on b.oid = t.typbasetype
            left join pg_collation co on co.oid = t.typcollation
            left join pg_namespace cn on cn.oid = co.collnamespace
            where t.typtype = 'd' and t.oid = any(?)
            """,
        row -> {
          StringBuilder head = new StringBuilder(" AS ").append(row.getString("base"));
          head.append(row.getString("collation"));
          if (row.getString("notnull") != null) {
            head.append(" CONSTRAINT ").append(row.getString("notnull"));
          }
          head.append(row.getBoolean("typnotnull") ? " NOT NULL" : "");
          if (row.getString("value") != null) {
            head.append(" DEFAULT ").append(row.getString("value"));
          }
          return heads.put(oid(row, "oid"), head.toString());
        },
        ids);
    Map<Integer, String> later = new HashMap<>();
    query.list(
        """
        select contypid, quote_ident(conname) as conname, convalidated,
               pg_get_constraintdef(oid) as definition
        from pg_constraint where contype = 'c' and contypid = any(?) order by contypid, conname
        """,
        row -> {
          int type = oid(row, "contypid");
          String text =
              " CONSTRAINT " + row.getString("conname") + " " + row.getString("definition");
          return row.getBoolean("convalidated")
              ? heads.merge(type, "\n " + text, String::concat)
              : later.merge(type, ";\nALTER DOMAIN %s ADD" + text, String::concat);
        },
        ids);
    return each(
        types,
        ObjectNode.Kind.DOMAIN,
        type ->
            "CREATE DOMAIN "
                + type.quoted()
                + heads.get(type.oid())
                + later.getOrDefault(type.oid(), "").replace("%s", type.quoted()));
  }

  private static Map<Integer, String> ranges(
      CatalogueQuery query, List<Integer> ids, List<ObjectNode> types) {
    Map<Integer, String> bodies = new HashMap<>();
    query.list(
        "select r.rngtypid, format_type(r.rngsubtype, null) as subtype,"
            + " case when not o.opcdefault then quote_ident(opn.nspname) || '.'"
            + " || quote_ident(o.opcname) end as opclass,"
            + " case when r.rngcollation <> s.typcollation then quote_ident(cn.nspname) || '.'"
            + " || quote_ident(co.collname) end as collation,"
            + " nullif(r.rngsubdiff, 0::oid)::regproc::text as diff, "
            + query.since(
                14,
                "(select quote_ident(mn.nspname) || '.' || quote_ident(m.typname) from pg_type m"
                    + " join pg_namespace mn on mn.oid = m.typnamespace"
                    + " where m.oid = r.rngmultitypid)",
                "null::text")
            + """
             as multirange
            from pg_range r
            join pg_type s on s.oid = r.rngsubtype
            join pg_opclass o on o.oid = r.rngsubopc
            join pg_namespace opn on opn.oid = o.opcnamespace
            left join pg_collation co on co.oid = r.rngcollation
            left join pg_namespace cn on cn.oid = co.collnamespace
            where r.rngtypid = any(?)
            """,
        row -> {
          StringBuilder body = new StringBuilder("\n  subtype = ").append(row.getString("subtype"));
          append(body, "multirange_type_name", row.getString("multirange"));
          append(body, "subtype_opclass", row.getString("opclass"));
          append(body, "collation", row.getString("collation"));
          append(body, "subtype_diff", row.getString("diff"));
          return bodies.put(oid(row, "rngtypid"), body.toString());
        },
        ids);
    return each(
        types,
        ObjectNode.Kind.RANGE,
        type -> "CREATE TYPE " + type.quoted() + " AS RANGE (" + bodies.get(type.oid()) + "\n)");
  }

  private static void append(StringBuilder body, String option, String value) {
    if (value != null) {
      body.append(",\n  ").append(option).append(" = ").append(value);
    }
  }

  private static Map<Integer, String> each(
      List<ObjectNode> types,
      ObjectNode.Kind kind,
      java.util.function.Function<ObjectNode, String> definition) {
    Map<Integer, String> definitions = new HashMap<>();
    for (ObjectNode type : types) {
      if (type.kind() == kind) {
        definitions.put(type.oid(), definition.apply(type));
      }
    }
    return definitions;
  }
}
