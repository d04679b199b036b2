package dev.godwit.extractor.postgresql.schema.said;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Node;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who may do what: grants on objects and their columns, and default privileges. */
public final class Privileges {
  private Privileges() {}

  /** What a definition that grants or revokes is called. */
  public static final String WORD = "privileges";

  private static final String COLUMNS =
      """
      union all
      select a.attrelid, a.attnum::int4, quote_ident(a.attname), c.relowner, a.attacl,
        null::aclitem[]
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where a.attacl is not null and not a.attisdropped and c.oid = any(?)
      """;

  /** The privileges on objects of one catalogue. */
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
    Owned owned = Owned.BY_CATALOGUE.get(nodes.get(0).kind().catalogue());
    if (owned == null || owned.acl().isEmpty()) {
      return List.of();
    }
    boolean relations = owned.table().equals("pg_class");
    String objects = owned.privileges("and i.privtype = 'i'") + " and o.oid = any(?)";
    List<Integer> ids = nodes.stream().map(Node::oid).toList();
    Map<Integer, AclChanges.Changes> changes =
        relations
            ? AclChanges.of(scope.query(), objects + COLUMNS, ids, ids)
            : AclChanges.of(scope.query(), objects, ids);
    Map<Integer, String> aggregates =
        nodes.get(0).kind().word().equals("aggregate") ? aggregates(scope, ids) : Map.of();
    List<SchemaObject> privileges = new ArrayList<>();
    for (Node node : nodes) {
      AclChanges.Changes own = changes.get(node.oid());
      if (own != null) {
        String target = aggregates.getOrDefault(node.oid(), target(node));
        own.bySince()
            .forEach(
                (since, list) ->
                    privileges.add(
                        new SchemaObject(
                            AclChanges.id(node.target(), since),
                            WORD,
                            node.path(scope),
                            list.stream()
                                .map(change -> change.on(target))
                                .collect(Collectors.joining(";\n")),
                            List.of(made.apply(node)),
                            Phase.LAST,
                            scope.datasets(node.relation()),
                            AclChanges.attributes(own, since))));
      }
    }
    return privileges;
  }

  /** What GRANT calls an object. */
  private static String target(Node node) {
    String quoted = node.quoted();
    return switch (node.kind().catalogue()) {
      case Catalog.CLASS ->
          (node.kind().word().equals("sequence") ? "SEQUENCE " : "TABLE ") + quoted;
      case Catalog.TYPE -> "TYPE " + quoted;
      case Catalog.FOREIGN_SERVER -> "FOREIGN SERVER " + quoted;
      default -> node.target();
    };
  }

  /** What GRANT calls aggregates: as functions, by the types alone. */
  private static Map<Integer, String> aggregates(Scope scope, List<Integer> ids) {
    return scope
        .query()
        .map(
            "select oid, 'FUNCTION ' || oid::regprocedure::text as target from pg_proc"
                + " where oid = any(?)",
            row -> row.getString("target"),
            ids);
  }

  /** What is granted on whatever someone makes from now on. */
  public static List<SchemaObject> byDefault(Scope scope) {
    Map<Integer, AclChanges.Changes> changes =
        AclChanges.of(
            scope.query(),
            """
            select d.oid, 0, null::text, d.defaclrole, d.defaclacl,
              case when d.defaclnamespace <> 0 then null::aclitem[]
                else acldefault(case when d.defaclobjtype = 'S' then 's'::"char"
                                  else d.defaclobjtype end, d.defaclrole) end
            from pg_default_acl d
            """);
    return scope
        .query()
        .list(
            """
            select d.oid, r.rolname, 'FOR ROLE ' || quote_ident(r.rolname)
              || coalesce(' IN SCHEMA ' || quote_ident(n.nspname), '') as whose,
              case d.defaclobjtype when 'r' then 'TABLES' when 'S' then 'SEQUENCES'
                when 'f' then 'FUNCTIONS' when 'T' then 'TYPES' when 'n' then 'SCHEMAS'
                else 'LARGE OBJECTS' end as what,
              'schema:' || quote_ident(n.nspname) as schema
            from pg_default_acl d
            join pg_roles r on r.oid = d.defaclrole
            left join pg_namespace n on n.oid = d.defaclnamespace
            order by whose, what
            """,
            row -> {
              AclChanges.Changes own =
                  changes.get(
                      dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid(row, "oid"));
              if (own == null) {
                return null;
              }
              own.roles().add(row.getString("rolname"));
              return ofDefault(scope, row, own);
            })
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static List<SchemaObject> ofDefault(Scope scope, ResultSet row, AclChanges.Changes own)
      throws SQLException {
    String whose = row.getString("whose");
    String what = row.getString("what");
    String schema = row.getString("schema");
    List<SchemaObject> privileges = new ArrayList<>();
    own.bySince()
        .forEach(
            (known, list) -> {
              int since = what.equals("LARGE OBJECTS") ? 18 : known;
              privileges.add(
                  new SchemaObject(
                      "default " + AclChanges.id(whose + " ON " + what, since),
                      WORD,
                      scope.name("default privileges", whose + " ON " + what),
                      list.stream()
                          .map(c -> "ALTER DEFAULT PRIVILEGES " + whose + " " + c.on(what))
                          .collect(Collectors.joining(";\n")),
                      schema == null ? List.of() : List.of(schema),
                      Phase.LAST,
                      List.of(),
                      AclChanges.attributes(own, since)));
            });
    return privileges;
  }
}
