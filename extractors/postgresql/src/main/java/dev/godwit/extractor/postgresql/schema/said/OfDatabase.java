package dev.godwit.extractor.postgresql.schema.said;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whose the database is, where it lies, and who may do what with it. Privileges and labels are
 * given to the database that they are carried out in, whatever its name. Its owner and place are
 * given only to one that the load makes: they say how that is done.
 */
public final class OfDatabase {
  private OfDatabase() {}

  private static final String HERE = "where datname = current_database()";

  /** What is said when such a database is made. */
  public static List<SchemaObject> made(Scope scope) {
    return scope
        .query()
        .list(
            """
            select r.rolname, quote_ident(r.rolname) as quoted,
              case when t.spcname <> 'pg_default' then t.spcname end as spcname,
              quote_ident(t.spcname) as place
            from pg_database d
            left join pg_roles r on r.oid = d.datdba
            left join pg_tablespace t on t.oid = d.dattablespace
            """
                + HERE,
            row ->
                List.of(
                    option(
                        scope,
                        Owners.WORD,
                        row.getString("rolname"),
                        "OWNER " + row.getString("quoted"),
                        Attributes.ROLES,
                        Attributes.array(List.of(String.valueOf(row.getString("rolname"))))),
                    option(
                        scope,
                        "tablespace",
                        row.getString("spcname"),
                        "TABLESPACE " + row.getString("place"),
                        Attributes.TABLESPACE,
                        row.getString("spcname"))))
        .stream()
        .flatMap(List::stream)
        .filter(object -> !object.attributes().isEmpty())
        .toList();
  }

  private static SchemaObject option(
      Scope scope, String what, String name, String definition, String key, String value) {
    return new SchemaObject(
        "database:" + what,
        "database " + what,
        scope.name(what),
        definition,
        List.of(),
        Phase.BEFORE_DATA,
        List.of(),
        name == null ? Map.of() : Map.of(key, value));
  }

  /** Who may do what with it. */
  public static List<SchemaObject> privileges(Scope scope) {
    return AclChanges.of(
            scope.query(),
            """
            select oid, 0, null::text, datdba, datacl, acldefault('d', datdba)
            from pg_database where datacl is not null and datname = current_database()
            """)
        .values()
        .stream()
        .map(
            changes ->
                new SchemaObject(
                    "privileges:DATABASE",
                    Privileges.WORD,
                    scope.name("privileges"),
                    changes.list().stream()
                        .map(change -> Statements.here(change.on("DATABASE %I")))
                        .collect(Collectors.joining(";\n")),
                    List.of(),
                    Phase.LAST,
                    List.of(),
                    Map.of(Attributes.ROLES, changes.rolesArray())))
        .toList();
  }
}
