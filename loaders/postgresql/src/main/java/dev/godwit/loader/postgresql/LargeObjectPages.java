package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.kind.LargeObjectRuns;
import dev.godwit.spi.dataset.Dataset;
import java.util.List;

/**
 * How pages of large objects are written. Nobody copies into the server's own table: they are
 * copied into a temporary one, some thousands at a time, and put in their places from there. Pages
 * that the source did not keep stay away.
 */
final class LargeObjectPages {
  private LargeObjectPages() {}

  private static final Relation KEPT = new Relation("pg_temp", "godwit_large_object_pages");

  /** What is carried out ahead of the copy. */
  private static final String MAKE =
      "create temporary table if not exists godwit_large_object_pages"
          + " (loid oid not null, pageno int4 not null, data bytea not null) on commit delete rows";

  private static final String PUT =
      """
      select count(lo_put(loid, pageno::int8 * %d, data))
      from pg_temp.godwit_large_object_pages where octet_length(data) > 0
      """;

  /** An empty page is where an object ends after a hole: it is cut, or grown, to that length. */
  private static final String CUT =
      """
      select count(lo_close(fd)) from (
        select fd, lo_truncate64(fd, pageno::int8 * %d) as cut from (
          select lo_open(loid, 131072) as fd, pageno
          from pg_temp.godwit_large_object_pages where octet_length(data) = 0 offset 0) opened
        offset 0) cut
      """;

  /** Whether a dataset holds such pages. */
  static boolean are(Dataset dataset) {
    return dataset.kind().equals(LargeObjectRuns.WORD);
  }

  /** What they are copied into. */
  static Relation into() {
    return KEPT;
  }

  /** Statements ahead of the copy. */
  static List<String> before() {
    return List.of(MAKE, "truncate pg_temp.godwit_large_object_pages");
  }

  /** Statements after the copy, in its transaction. */
  static List<String> after(Dataset dataset) {
    int bytes = Integer.parseInt(dataset.attributes().get(LargeObjectRuns.PAGE_BYTES));
    return List.of(PUT.formatted(bytes), CUT.formatted(bytes));
  }
}
