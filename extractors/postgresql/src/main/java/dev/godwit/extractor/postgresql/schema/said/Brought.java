package dev.godwit.extractor.postgresql.schema.said;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Privileges on what the server or an extension brings, where they are no more what they were when
 * it brought them (manual, "pg_init_privs"). Schema public is an object like those of users; the
 * information schema is left as it is, as by pg_dump.
 */
public final class Brought {
  private Brought() {}

  /** How statements call the objects of a catalogue {@code o}. */
  private static final Map<Integer, String> TARGETS =
      new TreeMap<>(
          Map.of(
              Catalog.CLASS,
              "case when o.relkind = 'S' then 'SEQUENCE ' else 'TABLE ' end || o.oid::regclass",
              Catalog.PROC,
              "%s || o.oid::regprocedure",
              Catalog.TYPE,
              "'TYPE ' || (select quote_ident(nspname) from pg_namespace n"
                  + " where n.oid = o.typnamespace) || '.' || quote_ident(o.typname)",
              Catalog.NAMESPACE,
              "'SCHEMA ' || quote_ident(o.nspname)",
              Catalog.LANGUAGE,
              "'LANGUAGE ' || quote_ident(o.lanname)",
              Catalog.FOREIGN_DATA_WRAPPER,
              "'FOREIGN DATA WRAPPER ' || quote_ident(o.fdwname)",
              Catalog.FOREIGN_SERVER,
              "'FOREIGN SERVER ' || quote_ident(o.srvname)"));

  /** Where another version of the server, or of the extension, may have no such object. */
  private static final Map<Integer, String> FOUND =
      Map.of(
          Catalog.CLASS, "'to_regclass(' || quote_literal(o.oid::regclass) || ')'",
          Catalog.PROC, "'to_regprocedure(' || quote_literal(o.oid::regprocedure) || ')'",
          Catalog.TYPE, "'to_regtype(' || quote_literal(o.oid::regtype) || ')'");

  /**
   * What the server brings, by its fixed ids; of its information schema nothing is known at first.
   */
  private static final Map<Integer, String> SERVERS =
      Map.of(
          Catalog.CLASS, "o.relnamespace = 11",
          Catalog.PROC, "o.pronamespace = 11",
          Catalog.TYPE, "o.typnamespace = 11",
          Catalog.NAMESPACE, "o.oid = 11");

  /** Each object that was brought, with its privileges now and at first. */
  private static final String OBJECTS =
      """
      select o.oid, 0 as part, null::text as col, o.%2$s as owner,
        coalesce(o.%3$s, u.acl) as acl, coalesce(i.initprivs, u.acl) as first
      from %1$s o
      cross join lateral (select %4$s as acl) u
      left join pg_init_privs i
        on i.classoid = '%1$s'::regclass and i.objoid = o.oid and i.objsubid = 0
      where %5$s and coalesce(o.%3$s, u.acl) <> coalesce(i.initprivs, u.acl)
      """;

  private static final String COLUMNS =
      """
      union all
      select a.attrelid, a.attnum::int4, quote_ident(a.attname), o.relowner, a.attacl, i.initprivs
      from pg_attribute a
      join pg_class o on o.oid = a.attrelid
      left join pg_init_privs i
        on i.classoid = 'pg_class'::regclass and i.objoid = o.oid and i.objsubid = a.attnum
      where (a.attacl is not null or i.initprivs is not null)
        and not a.attisdropped and %s
      """;

  /** The privileges that differ. */
  public static List<SchemaObject> privileges(Scope scope) {
    List<SchemaObject> all = new ArrayList<>();
    TARGETS.forEach((catalogue, target) -> all.addAll(of(scope, catalogue, target)));
    return all;
  }

  private static List<SchemaObject> of(Scope scope, int catalogue, String target) {
    CatalogueQuery query = scope.query();
    Owned owned = Owned.BY_CATALOGUE.get(catalogue);
    boolean relations = catalogue == Catalog.CLASS;
    String brought =
        "(%s or exists (select from pg_depend x where x.classid = '%s'::regclass and x.objid = o.oid"
                .formatted(SERVERS.getOrDefault(catalogue, "o.oid < 16384"), owned.table())
            + " and x.deptype = 'e'))";
    if (relations) {
      brought += " and o.relkind in ('r', 'p', 'v', 'm', 'f', 'S')";
    }
    String letter =
        relations
            ? "case when o.relkind = 'S' then 's' else 'r' end::\"char\""
            : "'" + owned.letter() + "'";
    String usual = "acldefault(" + letter + ", o." + owned.owner() + ")";
    Map<Integer, AclChanges.Changes> changes =
        AclChanges.of(
            query,
            OBJECTS.formatted(owned.table(), owned.owner(), owned.acl(), usual, brought)
                + (relations ? COLUMNS.formatted(brought) : ""));
    if (changes.isEmpty()) {
      return List.of();
    }
    String words =
        query.since(11, "case o.prokind when 'p' then 'PROCEDURE '", "case when false then ''");
    return query
        .list(
            """
        select o.oid, %s as target, %s as found, (select 'extension:' || quote_ident(e.extname)
            from pg_depend x join pg_extension e on e.oid = x.refobjid
            where x.classid = '%3$s'::regclass and x.objid = o.oid and x.deptype = 'e'
              and e.oid >= 16384) as extension
        from %3$s o where o.oid = any(?) order by 2
        """
                .formatted(
                    target.formatted(words + " else 'FUNCTION ' end"),
                    FOUND.getOrDefault(catalogue, "null::text"),
                    owned.table()),
            row ->
                said(
                    scope,
                    changes.get(oid(row, "oid")),
                    row.getString("target"),
                    row.getString("found"),
                    row.getString("extension")),
            changes.keySet())
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static List<SchemaObject> said(
      Scope scope, AclChanges.Changes changes, String target, String found, String extension) {
    List<SchemaObject> privileges = new ArrayList<>();
    changes
        .bySince()
        .forEach(
            (since, list) -> {
              String statements =
                  list.stream().map(change -> change.on(target)).collect(Collectors.joining(";\n"));
              Map<String, String> attributes = AclChanges.attributes(changes, since);
              if (extension == null) {
                attributes.put(Attributes.OF_SERVER, "true");
              }
              privileges.add(
                  new SchemaObject(
                      AclChanges.id(target, since),
                      Privileges.WORD,
                      scope.name("privileges", target),
                      found == null ? statements : Statements.where(found, statements),
                      extension == null ? List.of() : List.of(extension),
                      Phase.LAST,
                      List.of(),
                      attributes));
            });
    return privileges;
  }
}
