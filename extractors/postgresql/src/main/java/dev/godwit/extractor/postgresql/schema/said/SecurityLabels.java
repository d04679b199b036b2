package dev.godwit.extractor.postgresql.schema.said;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Graph;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.extractor.postgresql.schema.kind.LargeObjectRuns;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Labels that security modules read (manual, "SECURITY LABEL"), on objects and their columns. */
public final class SecurityLabels {
  private SecurityLabels() {}

  /** What a definition that labels is called. */
  public static final String WORD = "security label";

  private static final String ALL =
      """
      (select classoid, objoid, objsubid, provider, label from pg_seclabel
       union all select classoid, objoid, 0, provider, label from pg_shseclabel) l
      """;

  /** One label: its statement, but for what it is on. */
  private record Label(String provider, String before, String after) {
    String on(String target) {
      return before + target + after;
    }
  }

  /** Gathers the labels of one object. */
  private static final class OfObject {
    private final List<String> statements = new ArrayList<>();
    private final TreeSet<String> providers = new TreeSet<>();

    void add(Label label, String target) {
      statements.add(label.on(target));
      providers.add(label.provider());
    }

    SchemaObject object(
        String target, DatasetName name, List<String> needs, List<DatasetName> datasets) {
      return new SchemaObject(
          WORD + ":" + target,
          WORD,
          name,
          String.join(";\n", statements),
          needs,
          Phase.LAST,
          datasets,
          Map.of(Attributes.LABEL_PROVIDERS, Attributes.array(providers)));
    }
  }

  private static Label label(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Label(
        row.getString("provider"),
        "SECURITY LABEL FOR " + row.getString("quoted") + " ON ",
        " IS " + row.getString("text"));
  }

  private static final String LABEL =
      "l.provider, quote_ident(l.provider) as quoted, quote_literal(l.label) as text";

  /** Whether there is any. */
  public static boolean any(Scope scope) {
    return !scope
        .query()
        .list(
            "select where exists (select from pg_seclabel) or exists (select from pg_shseclabel)",
            row -> true)
        .isEmpty();
  }

  /** Those on objects of one catalogue and on their columns. */
  public static List<SchemaObject> on(Scope scope, List<Node> nodes) {
    Map<Integer, Node> byId = new HashMap<>();
    nodes.forEach(node -> byId.put(node.oid(), node));
    Map<Node, OfObject> found = new LinkedHashMap<>();
    int catalogue = nodes.get(0).kind().catalogue();
    scope
        .query()
        .list(
            """
            select l.objoid, quote_ident(a.attname) as col, %s from %s
            left join pg_attribute a on l.classoid = 'pg_class'::regclass
              and a.attrelid = l.objoid and a.attnum = l.objsubid and l.objsubid > 0
            where l.classoid = %d and l.objoid = any(?)
            order by array_position(?, l.objoid), l.objsubid, l.provider
            """
                .formatted(LABEL, ALL, catalogue),
            row -> {
              Node node = byId.get(oid(row, "objoid"));
              String column = row.getString("col");
              found
                  .computeIfAbsent(node, k -> new OfObject())
                  .add(
                      label(row),
                      column == null ? node.target() : "COLUMN " + node.quoted() + "." + column);
              return node;
            },
            byId.keySet(),
            nodes.stream().map(Node::oid).toList());
    List<SchemaObject> labels = new ArrayList<>();
    found.forEach(
        (node, label) ->
            labels.add(
                label.object(
                    node.target(),
                    node.path(scope),
                    List.of(node.id()),
                    scope.datasets(node.relation()))));
    return labels;
  }

  /** Those on what is no node of the graph: what extensions bring, and parts of tables. */
  public static List<SchemaObject> onOthers(Scope scope, Graph graph) {
    Map<String, OfObject> found = new LinkedHashMap<>();
    scope
        .query()
        .list(
            """
            select s.classoid, s.objoid, upper(s.objtype) || ' ' || s.objname as target,
              s.provider, quote_ident(s.provider) as quoted, quote_literal(s.label) as text
            from pg_seclabels s
            where s.objoid >= 16384 and s.objname is not null
              and s.classoid not in (%d, 'pg_database'::regclass, 'pg_authid'::regclass,
                'pg_tablespace'::regclass, 'pg_subscription'::regclass)
            order by s.classoid, s.objoid, s.objsubid, s.provider
            """
                .formatted(Catalog.LARGE_OBJECT),
            row -> {
              if (graph.node(oid(row, "classoid"), oid(row, "objoid")) == null) {
                String target = row.getString("target");
                found.computeIfAbsent(target, k -> new OfObject()).add(label(row), target);
              }
              return null;
            });
    List<SchemaObject> labels = new ArrayList<>();
    found.forEach(
        (target, label) ->
            labels.add(label.object(target, scope.name(WORD, target), List.of(), List.of())));
    return labels;
  }

  /** Those on a run of large objects. */
  public static List<SchemaObject> onLargeObjects(Scope scope, LargeObjectRuns run) {
    Map<String, OfObject> found = new LinkedHashMap<>();
    scope
        .query()
        .list(
            """
            select 'LARGE OBJECT ' || l.objoid as target, %s from %s
            where l.classoid = %d and l.objoid >= ?::int8::oid and l.objoid <= ?::int8::oid
            order by l.objoid, l.provider
            """
                .formatted(LABEL, ALL, Catalog.LARGE_OBJECT),
            row -> {
              String target = row.getString("target");
              found.computeIfAbsent(target, k -> new OfObject()).add(label(row), target);
              return null;
            },
            run.first(),
            run.last());
    List<SchemaObject> labels = new ArrayList<>();
    found.forEach(
        (target, label) ->
            labels.add(
                label.object(
                    target,
                    scope.name("pg_catalog", "pg_largeobject", target),
                    List.of(run.id()),
                    scope.datasets(Catalog.LARGE_OBJECT))));
    return labels;
  }

  /** Those on the database, given to the one that they are carried out in. */
  public static List<SchemaObject> onDatabase(Scope scope) {
    OfObject found = new OfObject();
    scope
        .query()
        .list(
            """
            select %s from pg_shseclabel l
            where l.classoid = 'pg_database'::regclass
              and l.objoid = (select oid from pg_database where datname = current_database())
            order by l.provider
            """
                .formatted(LABEL),
            row -> {
              Label label = label(row);
              found.add(
                  new Label(label.provider(), "", Statements.here(label.on("DATABASE %I"))), "");
              return null;
            });
    return found.statements.isEmpty()
        ? List.of()
        : List.of(found.object("DATABASE", scope.name(WORD), List.of(), List.of()));
  }
}
