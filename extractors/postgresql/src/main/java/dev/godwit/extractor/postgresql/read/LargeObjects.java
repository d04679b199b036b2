package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.schema.kind.LargeObjectRuns;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.Span;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The data of large objects: one dataset, {@code pg_catalog.pg_largeobject}, of the pages that the
 * server keeps (its id, the page's number from 0, its bytes; manual, "pg_largeobject"). A page that
 * is not kept reads as zeros, and stays away. Who may read that table gets its rows, by its heap's
 * pages; who may not (it is the superuser's at first) reads each object through {@code lo_get},
 * objects by the thousand, and gets no page that is all zeros but an object's last.
 */
final class LargeObjects {
  /** The id of pg_largeobject, in every version. */
  static final int OID = 2613;

  /** The kind of the relation where its pages are read by functions. */
  static final char BY_FUNCTIONS = 'L';

  /** Part of the list of relations: pg_largeobject, where the database has a large object. */
  static final String LISTED =
      """
      union all
      select 2613, 'pg_catalog', 'pg_largeobject',
        case when p.may then 'r' else 'L' end::"char", false, p.may, 0, ''
      from (select pg_catalog.has_table_privilege(
          'pg_catalog.pg_largeobject', 'select') as may) p
      where exists (select from pg_catalog.pg_largeobject_metadata)
      order by 1
      """;

  /**
   * A condition on the rows that are read: an empty page that others follow says nothing. One at
   * the end does: the object reaches to it.
   */
  static final String NEEDED =
      "(pg_catalog.octet_length(data) > 0 or not exists"
          + " (select from pg_catalog.pg_largeobject l"
          + " where l.loid = pg_largeobject.loid and l.pageno > pg_largeobject.pageno))";

  private static final String AXIS = "large object";

  private final long objects;
  private final int pageBytes;
  private final List<Long> firsts;

  private LargeObjects(long objects, int pageBytes, List<Long> firsts) {
    this.objects = objects;
    this.pageBytes = pageBytes;
    this.firsts = firsts;
  }

  /**
   * Those of a run that takes some relations.
   *
   * @throws GodwitException {@code FAILED} where the user may not read one of them
   */
  static LargeObjects of(Coordinator coordinator, List<Relation> relations) {
    return relations.stream()
        .filter(Relation::holdsLargeObjects)
        .findFirst()
        .map(
            relation ->
                coordinator.ask(
                    "the list of large objects", c -> look(c, relation.kind() == BY_FUNCTIONS)))
        .orElseGet(() -> new LargeObjects(0, 0, List.of()));
  }

  /** Tells of those that a run passes over. */
  static void warn(Coordinator coordinator, Consumer<String> warnings) {
    if (!coordinator.reached().selection().passesLargeObjectsOver()) {
      return;
    }
    LargeObjects left = coordinator.ask("the list of large objects", c -> look(c, false));
    warnings.accept(
        (left.objects == 1 ? "1 large object is" : left.objects + " large objects are")
            + " left out: name pg_catalog.pg_largeobject with --include to take "
            + (left.objects == 1 ? "it" : "them"));
  }

  private static LargeObjects look(Connection connection, boolean byFunctions) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (byFunctions) {
        refuseUnreadable(statement);
      }
      List<Long> firsts = new ArrayList<>();
      long objects = 0;
      try (ResultSet rows = statement.executeQuery(LargeObjectRuns.SELECT)) {
        while (rows.next()) {
          firsts.add(rows.getLong("first"));
          objects += rows.getLong("many");
        }
      }
      try (ResultSet row =
          statement.executeQuery("select pg_catalog.current_setting('block_size')::int4 / 4")) {
        row.next();
        return new LargeObjects(objects, row.getInt(1), List.copyOf(firsts));
      }
    }
  }

  /** A part of the objects is not what was asked for, so one that is closed ends the run. */
  private static void refuseUnreadable(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            """
            select count(*), min(m.oid)::int8 from pg_catalog.pg_largeobject_metadata m
            where not pg_catalog.current_setting('lo_compat_privileges')::bool
              and not pg_catalog.pg_has_role(m.lomowner, 'usage')
              and not exists (select from pg_catalog.aclexplode(m.lomacl) a
                where a.privilege_type = 'SELECT' and case when a.grantee = 0 then true
                  else pg_catalog.pg_has_role(a.grantee, 'usage') end)
            """)) {
      row.next();
      long closed = row.getLong(1);
      if (closed > 0) {
        throw new GodwitException(
            ExitCode.FAILED,
            "the user may not read large object "
                + row.getLong(2)
                + (closed == 1 ? "" : " and " + (closed - 1) + " more"),
            "grant select on table pg_catalog.pg_largeobject, or on each large object, to the user;"
                + " or leave all out with --exclude pg_catalog.pg_largeobject");
      }
    }
  }

  /** How they are described to targets. */
  Dataset dataset(Relation relation, Schema schema, Dataset.Estimate estimate) {
    return new Dataset(
        relation.name(),
        LargeObjectRuns.WORD,
        schema,
        List.of("loid", "pageno", "data"),
        List.of("loid", "pageno"),
        List.of(),
        List.of(),
        "",
        estimate,
        Map.of(
            Dataset.OWN_ENGINE,
            Long.toString(objects),
            LargeObjectRuns.PAGE_BYTES,
            Integer.toString(pageBytes)));
  }

  /** Partitions by objects, where they are read by functions. */
  Iterator<Partition> partitions(DatasetName name) {
    return IntStream.range(0, firsts.size())
        .mapToObj(
            i ->
                new Partition(
                    name,
                    i,
                    Span.between(
                        AXIS,
                        i == 0 ? null : firsts.get(i).toString(),
                        i == firsts.size() - 1 ? null : firsts.get(i + 1).toString())))
        .iterator();
  }

  /** A condition on the pages of a span of objects. */
  static String within(Span span) {
    return span.from().map(from -> "loid >= '" + from + "'::pg_catalog.oid").orElse("true")
        + span.to().map(to -> " and loid < '" + to + "'::pg_catalog.oid").orElse("");
  }

  /**
   * For {@code from}: the pages of a span of objects, read by functions. {@code generate_series}
   * stands in a select list, where it is not kept whole: an object may have 2^31 pages.
   */
  static String byFunctions(Span span, Dataset dataset) {
    return """
        (select loid, pageno, data from (
          select loid, page::pg_catalog.int4 as pageno, page = last as is_last,
            pg_catalog.lo_get(loid, page * %1$d, %1$d) as data
          from (select loid, last, pg_catalog.generate_series(0::int8, last) as page
            from (select loid, (size - 1) / %1$d as last
              from (select loid, pg_catalog.lo_lseek64(fd, 0, 2) as size,
                  pg_catalog.lo_close(fd) as closed
                from (select oid as loid, pg_catalog.lo_open(oid, 262144) as fd
                  from pg_catalog.pg_largeobject_metadata
                  where oid >= '%2$s'::pg_catalog.oid and oid::int8 < %3$s
                  order by oid offset 0) opened offset 0) measured
              where size > 0 offset 0) sized) paged offset 0) given
          where is_last or data <> pg_catalog.decode(pg_catalog.repeat('00', %1$d), 'hex')
        ) as pg_largeobject"""
        .formatted(
            Integer.parseInt(dataset.attributes().get(LargeObjectRuns.PAGE_BYTES)),
            span.from().orElse("0"),
            span.to().orElse("4294967296"));
  }
}
