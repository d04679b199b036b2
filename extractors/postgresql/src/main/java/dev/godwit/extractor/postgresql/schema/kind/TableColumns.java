package dev.godwit.extractor.postgresql.schema.kind;

import static dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery.oid;

import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The columns of tables, as a table's definition says them. */
final class TableColumns {
  private TableColumns() {}

  /**
   * A column.
   *
   * @param name quoted
   * @param type as the server says it, with its modifier
   * @param local whether the table declares it itself; else it comes from a parent
   * @param notNull the not-null constraint, with its name where the server keeps one; empty where
   *     the column has none of its own
   * @param notNullLocal whether the table declares that itself; else it comes from a parent, whose
   *     own constraint is valid
   * @param collation with its keyword, where it is not the type's
   * @param compression with its keyword, where one was chosen
   * @param value its default; null where it has none
   * @param parentValue whether a parent's column has a default
   * @param generated {@code s} stored, {@code v} virtual, empty for an ordinary column
   * @param parentGenerates whether it is generated because a parent's is, and the server lets a
   *     table say no expression of its own beside that (before 16)
   * @param identity with its sequence's parameters; empty where it is none
   * @param identitySequence schema and name of the identity's sequence, as a dataset's name
   * @param identityLogged what is said of that sequence where it is not as lasting as the table
   * @param settings what is said of it by statements of their own: storage, statistics, options
   */
  record Column(
      String name,
      String type,
      boolean local,
      String notNull,
      boolean notNullLocal,
      String collation,
      String compression,
      String value,
      boolean parentValue,
      String generated,
      boolean parentGenerates,
      String identity,
      String identitySequence,
      String identityLogged,
      List<String> settings) {
    /** The oldest major version that understands it; 10 where any does. */
    int since() {
      if (generated.equals("v") || notNull.contains("NO INHERIT")) {
        return 18;
      } else if (hasOddScale()) {
        return 15;
      } else if (!compression.isEmpty()) {
        return 14;
      }
      return generated.equals("s") ? 12 : 10;
    }

    /** Before PostgreSQL 15 a scale lay between none and all digits (release notes). */
    private boolean hasOddScale() {
      Matcher number = NUMERIC.matcher(type);
      return number.find()
          && (number.group(2).startsWith("-")
              || Integer.parseInt(number.group(2)) > Integer.parseInt(number.group(1)));
    }
  }

  private static final Pattern NUMERIC = Pattern.compile("^numeric\\((\\d+),(-?\\d+)\\)");

  /** Whether a parent has the column {@code a}, and something holds there. */
  private static final String PARENT =
      """
      exists (select from pg_inherits h join pg_attribute p on p.attrelid = h.inhparent
                and p.attname = a.attname and %s and not p.attisdropped
              where h.inhrelid = a.attrelid)
      """;

  /** A parent's constraint that is not valid comes last: its children must say theirs. */
  private static final String LOCAL =
      "coalesce(nn.conislocal, true) or %s and not %s".formatted(parent("not "), parent(""));

  private static String parent(String not) {
    return PARENT.formatted(
        "exists (select from pg_constraint pn where pn.conrelid = p.attrelid and pn.contype = 'n'"
            + " and pn.conkey[1] = p.attnum and %s pn.convalidated)".formatted(not));
  }

  /**
   * The columns of some tables.
   *
   * @param apart tells of a default, by its id, whether it is said elsewhere
   */
  static Map<Integer, List<Column>> read(
      CatalogueQuery query, List<Integer> tables, IntPredicate apart) {
    Map<Integer, List<Column>> columns = new HashMap<>();
    query.list(
        "select a.attrelid, quote_ident(a.attname) as attname, a.attislocal, a.attnotnull,"
            + " format_type(a.atttypid, a.atttypmod) as type, a.attidentity,"
            + query.since(12, "a.attgenerated", "''")
            + " as generated, "
            + query.since(14, "a.attcompression", "''")
            + " as compression, "
            + query.since(18, "quote_ident(nn.conname)", "null::text")
            + " as nnname, "
            + query.since(18, LOCAL, "not " + PARENT.formatted("p.attnotnull"))
            + " as nnlocal, "
            + query.since(
                16, "false", query.since(12, PARENT.formatted("p.attgenerated <> ''"), "false"))
            + " as parentgenerates, "
            + query.since(18, "coalesce(nn.connoinherit, false)", "false")
            + " as nnnoinherit, "
            + query.since(18, "coalesce(nn.convalidated, true)", "true")
            + """
             as nnvalid,
            case when a.attcollation <> t.typcollation
                 then ' COLLATE ' || quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
                 else '' end as collation,
            pg_get_expr(f.adbin, f.adrelid) as value, f.oid as defaultid,
            array_to_string(array(select quote_ident(o.option_name) || ' '
              || quote_literal(o.option_value) from pg_options_to_table(a.attfdwoptions) o), ', ')
              as fdwoptions,
            """
            + PARENT.formatted("p.atthasdef")
            + """
             as parentvalue,
            case when a.attstorage <> t.typstorage then a.attstorage end as storage,
            coalesce(a.attstattarget, -1) as target,
            array_to_string(a.attoptions, ', ') as options,
            s.relname as seqname, sn.nspname as seqschema,
            quote_ident(sn.nspname) || '.' || quote_ident(s.relname) as seqquoted,
            tc.relpersistence, q.*,
            """
            // Before 15 sequences of unlogged tables are logged, and nothing else can be said.
            + query.since(15, "s.relpersistence", "tc.relpersistence")
            + """
             as seqpersistence
            from pg_attribute a
            join pg_class tc on tc.oid = a.attrelid
            join pg_type t on t.oid = a.atttypid
            left join pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum
            left join pg_collation co on co.oid = a.attcollation
            left join pg_namespace cn on cn.oid = co.collnamespace
            left join pg_depend d on a.attidentity <> '' and d.classid = 'pg_class'::regclass
              and d.refclassid = 'pg_class'::regclass and d.refobjid = a.attrelid
              and d.refobjsubid = a.attnum and d.deptype = 'i'
            left join pg_class s on s.oid = d.objid and s.relkind = 'S'
            left join pg_namespace sn on sn.oid = s.relnamespace
            left join pg_sequence q on q.seqrelid = s.oid
            """
            + query.since(
                18,
                "left join pg_constraint nn on nn.contype = 'n' and nn.conrelid = a.attrelid"
                    + " and nn.conkey[1] = a.attnum",
                "")
            + """

            where a.attrelid = any(?) and a.attnum > 0 and not a.attisdropped
            order by a.attrelid, a.attnum
            """,
        row ->
            columns
                .computeIfAbsent(oid(row, "attrelid"), k -> new ArrayList<>())
                .add(column(row, apart)),
        tables);
    return columns;
  }

  private static Column column(ResultSet row, IntPredicate apart) throws SQLException {
    boolean sequence = row.getString("seqname") != null;
    return new Column(
        row.getString("attname"),
        row.getString("type"),
        row.getBoolean("attislocal"),
        notNull(row),
        row.getBoolean("nnlocal"),
        row.getString("collation"),
        switch (row.getString("compression")) {
          case "p" -> " COMPRESSION pglz";
          case "l" -> " COMPRESSION lz4";
          default -> "";
        },
        apart.test(oid(row, "defaultid")) ? null : row.getString("value"),
        row.getBoolean("parentvalue"),
        row.getString("generated"),
        row.getBoolean("parentgenerates"),
        sequence
            ? (row.getString("attidentity").equals("a") ? "ALWAYS" : "BY DEFAULT")
                + " AS IDENTITY (SEQUENCE NAME "
                + row.getString("seqquoted")
                + Sequences.parameters(row)
                + ")"
            : "",
        sequence
            ? dev.godwit.spi.name.DatasetName.of(
                    row.getString("seqschema"), row.getString("seqname"))
                .toString()
            : "",
        sequence && !row.getString("seqpersistence").equals(row.getString("relpersistence"))
            ? "ALTER SEQUENCE "
                + row.getString("seqquoted")
                + (row.getString("seqpersistence").equals("u") ? " SET UNLOGGED" : " SET LOGGED")
            : "",
        settings(row));
  }

  private static String notNull(ResultSet row) throws SQLException {
    if (!row.getBoolean("attnotnull") || !row.getBoolean("nnvalid")) {
      return "";
    }
    String name = row.getString("nnname");
    return (name == null ? "" : "CONSTRAINT " + name + " ")
        + "NOT NULL"
        + (row.getBoolean("nnnoinherit") ? " NO INHERIT" : "");
  }

  private static List<String> settings(ResultSet row) throws SQLException {
    List<String> settings = new ArrayList<>();
    if (row.getString("storage") != null) {
      settings.add(
          "SET STORAGE "
              + switch (row.getString("storage")) {
                case "p" -> "PLAIN";
                case "e" -> "EXTERNAL";
                case "m" -> "MAIN";
                default -> "EXTENDED";
              });
    }
    if (row.getInt("target") >= 0) {
      settings.add("SET STATISTICS " + row.getInt("target"));
    }
    if (row.getString("options") != null && !row.getString("options").isEmpty()) {
      settings.add("SET (" + row.getString("options") + ")");
    }
    if (!row.getString("fdwoptions").isEmpty()) {
      settings.add("OPTIONS (" + row.getString("fdwoptions") + ")");
    }
    return settings;
  }
}
