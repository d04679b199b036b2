package dev.godwit.extractor.postgresql.schema.said;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.extractor.postgresql.schema.kind.LargeObjectRuns;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whose large objects are, who may do what with them, and comments. Said of several at once, but of
 * few: a server locks each until the end of the transaction, and has room for some thousand locks.
 */
public final class OfLargeObjects {
  private OfLargeObjects() {}

  private static final int TOGETHER = 50;

  /** The owners of a run of them. */
  public static List<SchemaObject> owners(Scope scope, LargeObjectRuns run) {
    return scope
        .query()
        .list(
            """
            select min(oid)::int8 as first, rolname,
              'DECLARE id oid; BEGIN FOREACH id IN ARRAY ''{' || string_agg(oid::text, ',' order by oid)
              || '}''::oid[] LOOP EXECUTE ''ALTER LARGE OBJECT '' || id || '
              || quote_literal(' OWNER TO ' || quote_ident(rolname)) || '; END LOOP; END' as body
            from (select m.oid, r.rolname,
                (row_number() over (partition by m.lomowner order by m.oid) - 1) / %d as part
              from pg_largeobject_metadata m join pg_roles r on r.oid = m.lomowner
              where m.oid >= ?::int8::oid and m.oid <= ?::int8::oid) owned
            group by rolname, part order by 1
            """
                .formatted(TOGETHER),
            row ->
                said(
                    scope,
                    run,
                    Owners.WORD,
                    row.getLong("first"),
                    Statements.block(row.getString("body")),
                    Map.of(Attributes.ROLES, Attributes.array(List.of(row.getString("rolname"))))),
            run.first(),
            run.last());
  }

  /** The privileges on a run of them. */
  public static List<SchemaObject> privileges(Scope scope, LargeObjectRuns run) {
    Map<AclChanges.Changes, List<Long>> same = new LinkedHashMap<>();
    AclChanges.of(
            scope.query(),
            """
            select oid, 0, null::text, lomowner, lomacl, acldefault('L', lomowner)
            from pg_largeobject_metadata
            where lomacl is not null and oid >= ?::int8::oid and oid <= ?::int8::oid
            """,
            run.first(),
            run.last())
        .forEach(
            (id, changes) ->
                same.computeIfAbsent(changes, k -> new ArrayList<>())
                    .add(Integer.toUnsignedLong(id)));
    List<SchemaObject> privileges = new ArrayList<>();
    same.forEach(
        (changes, ids) -> {
          for (int from = 0; from < ids.size(); from += TOGETHER) {
            List<Long> some = ids.subList(from, Math.min(from + TOGETHER, ids.size()));
            String target =
                some.stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ", "LARGE OBJECT ", ""));
            privileges.add(
                said(
                    scope,
                    run,
                    Privileges.WORD,
                    some.get(0),
                    changes.list().stream()
                        .map(change -> change.on(target))
                        .collect(Collectors.joining(";\n")),
                    Map.of(Attributes.ROLES, changes.rolesArray())));
          }
        });
    return privileges;
  }

  /** Comments on a run of them. */
  public static List<SchemaObject> comments(Scope scope, LargeObjectRuns run) {
    Map<Long, String> all = new LinkedHashMap<>();
    scope
        .query()
        .list(
            """
            select objoid, 'COMMENT ON LARGE OBJECT ' || objoid || ' IS '
              || quote_literal(description) as text
            from pg_description
            where classoid = %d and objoid >= ?::int8::oid and objoid <= ?::int8::oid
            order by objoid
            """
                .formatted(Catalog.LARGE_OBJECT),
            row -> all.put(Integer.toUnsignedLong(oid(row, "objoid")), row.getString("text")),
            run.first(),
            run.last());
    List<SchemaObject> comments = new ArrayList<>();
    for (List<Long> some : Scope.pages(List.copyOf(all.keySet()), TOGETHER)) {
      comments.add(
          said(
              scope,
              run,
              "comment",
              some.get(0),
              some.stream().map(all::get).collect(Collectors.joining(";\n")),
              Map.of()));
    }
    return comments;
  }

  private static SchemaObject said(
      Scope scope,
      LargeObjectRuns run,
      String word,
      long first,
      String text,
      Map<String, String> attributes) {
    return new SchemaObject(
        word + ":LARGE OBJECT " + first,
        word,
        scope.name("pg_catalog", "pg_largeobject", Long.toString(first)),
        text,
        List.of(run.id()),
        Phase.LAST,
        scope.datasets(Catalog.LARGE_OBJECT),
        attributes);
  }
}
