package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import java.util.List;
import java.util.Map;

/**
 * Large objects, a thousand to a definition, which makes them empty under their own ids. They are
 * no nodes of the graph: nothing depends on one, and there may be more than memory holds.
 *
 * @param first the least id of a run
 * @param last the greatest
 */
public record LargeObjectRuns(long first, long last) {

  /** What their dataset and definitions are called. */
  public static final String WORD = "large objects";

  /** Attribute of their dataset: the bytes of a whole page, 2048 in all common servers. */
  public static final String PAGE_BYTES = "page-bytes";

  /** Gives each run's {@code first} and {@code last} id, and how {@code many} it has. */
  public static final String SELECT =
      """
      select min(oid)::int8 as first, max(oid)::int8 as last, count(*) as many
      from (select oid, (row_number() over (order by oid) - 1) / 1000 as run
            from pg_catalog.pg_largeobject_metadata) m
      group by run order by run
      """;

  /** The runs of a database whose large objects are taken; none where they are not. */
  public static List<LargeObjectRuns> of(Scope scope) {
    return scope.relations().containsKey(Catalog.LARGE_OBJECT)
        ? scope
            .query()
            .list(SELECT, row -> new LargeObjectRuns(row.getLong("first"), row.getLong("last")))
        : List.of();
  }

  /** The id of the definition that makes them. */
  public String id() {
    return WORD + ":" + first;
  }

  /** What makes them. */
  public List<SchemaObject> define(Scope scope) {
    return scope
        .query()
        .list(
            """
            select '{' || string_agg(oid::text, ',' order by oid) || '}' as ids
            from pg_largeobject_metadata where oid >= ?::int8::oid and oid <= ?::int8::oid
            """,
            row ->
                new SchemaObject(
                    id(),
                    WORD,
                    scope.name("pg_catalog", "pg_largeobject", Long.toString(first)),
                    "SELECT count(pg_catalog.lo_create(id)) FROM pg_catalog.unnest('"
                        + row.getString("ids")
                        + "'::pg_catalog.oid[]) AS t (id)",
                    List.of(),
                    Phase.BEFORE_DATA,
                    scope.datasets(Catalog.LARGE_OBJECT),
                    Map.of(Attributes.LARGE_OBJECTS, row.getString("ids"))),
            first,
            last);
  }
}
