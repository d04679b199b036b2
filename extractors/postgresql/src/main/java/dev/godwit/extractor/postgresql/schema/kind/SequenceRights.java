package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether the user may read where sequences stand. That is read after all data, and what must fail
 * is not to fail hours later.
 */
public final class SequenceRights {
  /**
   * Whether a sequence {@code c} may not be read and neither may the table that owns it, which is
   * left out then, if the run goes on at all.
   */
  static final String GOES_WITH_ITS_TABLE =
      """
      (not (has_table_privilege(c.oid, 'select') and has_schema_privilege(c.relnamespace, 'usage'))
        and exists (select from pg_depend d join pg_class o on o.oid = d.refobjid
          where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.objsubid = 0
            and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
            and not (has_table_privilege(o.oid, 'select')
              and has_schema_privilege(o.relnamespace, 'usage'))))
      """;

  /** How many are named. */
  private static final int NAMED = 20;

  private SequenceRights() {}

  /**
   * Makes sure of it.
   *
   * @throws GodwitException {@code FAILED} with those that the user may not read
   */
  public static void require(Scope scope, List<SequenceState.Found> sequences) {
    List<Closed> closed = new ArrayList<>();
    for (List<SequenceState.Found> page : Scope.pages(sequences)) {
      closed.addAll(closed(scope, page));
    }
    if (closed.isEmpty()) {
      return;
    }
    TreeSet<String> schemas =
        closed.stream().map(Closed::schema).collect(Collectors.toCollection(TreeSet::new));
    throw new GodwitException(
        ExitCode.FAILED,
        "cannot read where "
            + (closed.size() == 1 ? "a sequence stands" : closed.size() + " sequences stand")
            + ": permission denied for "
            + closed.stream()
                .limit(NAMED)
                .map(sequence -> sequence.name().toString())
                .collect(Collectors.joining(", "))
            + (closed.size() > NAMED ? " and " + (closed.size() - NAMED) + " more" : ""),
        "grant select on all sequences in schema "
            + String.join(", ", schemas)
            + " to the user (and usage of the schema), or leave out with --exclude the tables that"
            + " own them");
  }

  private static List<Closed> closed(Scope scope, List<SequenceState.Found> page) {
    // A standby has no unlogged ones, and they are not read there.
    return scope
        .query()
        .list(
            """
            select n.nspname, quote_ident(n.nspname) as quoted, c.relname
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.oid = any(?)
              and not (has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select'))
              and not (c.relpersistence = 'u' and pg_is_in_recovery())
              and not %s
            order by n.nspname, c.relname
            """
                .formatted(GOES_WITH_ITS_TABLE),
            row ->
                new Closed(
                    row.getString("quoted"),
                    scope.name(row.getString("nspname"), row.getString("relname"))),
            page.stream().map(SequenceState.Found::oid).toList());
  }

  private record Closed(String schema, DatasetName name) {}
}
