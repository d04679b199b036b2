package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Aggregates: plain, ordered-set, hypothetical-set and moving ones. */
final class Aggregates {
  private Aggregates() {}

  static final Kind KIND =
      Kind.ofQuery("aggregate", "AGGREGATE", Catalog.PROC, Phase.BEFORE_DATA, Aggregates::select);

  private static String option(String condition, String option, String value) {
    return " || case when %s then e',\\n  %s = ' || %s else '' end"
        .formatted(condition, option, value);
  }

  private static String function(String column, String option) {
    return option("a." + column + " <> 0", option, "a." + column + "::text");
  }

  private static String last(CatalogueQuery query, String letter, String option) {
    String prefix = letter.equals("m") ? "aggm" : "agg";
    return function(prefix + "finalfn", option)
        + " || case when a."
        + prefix
        + "finalextra then e',\\n  "
        + option
        + "_extra' else '' end"
        + query.since(
            11,
            option(
                "a." + prefix + "finalfn <> 0",
                option + "_modify",
                "case a."
                    + prefix
                    + "finalmodify when 'r' then 'read_only' when 's' then 'shareable'"
                    + " else 'read_write' end"),
            "");
  }

  private static String arguments(CatalogueQuery query, String some) {
    return "case when p.pronargs = 0 then '*' else " + Spelling.ofFunction(query, some) + " end";
  }

  private static String select(CatalogueQuery query) {
    String identity = arguments(query, "pg_get_function_identity_arguments(p.oid)");
    return """
        select p.oid, n.nspname as schema, p.proname || '(' || %1$s || ')' as name,
          quote_ident(n.nspname) || '.' || quote_ident(p.proname) || '(' || %1$s || ')' as quoted,
          0 as relation, 0 as since,
          'CREATE AGGREGATE ' || quote_ident(n.nspname) || '.' || quote_ident(p.proname)
          || '(' || %2$s || e') (\\n  sfunc = ' || a.aggtransfn::text
          || e',\\n  stype = ' || format_type(a.aggtranstype, null)
        """
            .formatted(identity, arguments(query, "pg_get_function_arguments(p.oid)"))
        + option("a.aggtransspace <> 0", "sspace", "a.aggtransspace::text")
        + last(query, "", "finalfunc")
        + function("aggcombinefn", "combinefunc")
        + function("aggserialfn", "serialfunc")
        + function("aggdeserialfn", "deserialfunc")
        + option("a.agginitval is not null", "initcond", "quote_literal(a.agginitval)")
        + function("aggmtransfn", "msfunc")
        + function("aggminvtransfn", "minvfunc")
        + option("a.aggmtranstype <> 0", "mstype", "format_type(a.aggmtranstype, null)")
        + option("a.aggmtransspace <> 0", "msspace", "a.aggmtransspace::text")
        + last(query, "m", "mfinalfunc")
        + option("a.aggminitval is not null", "minitcond", "quote_literal(a.aggminitval)")
        + option(
            "a.aggsortop <> 0",
            "sortop",
            "(select 'operator(' || quote_ident(sn.nspname) || '.' || so.oprname || ')'"
                + " from pg_operator so join pg_namespace sn on sn.oid = so.oprnamespace"
                + " where so.oid = a.aggsortop)")
        + option(
            "p.proparallel <> 'u'",
            "parallel",
            "case p.proparallel when 's' then 'safe' else 'restricted' end")
        + " || case when a.aggkind = 'h' then e',\\n  hypothetical' else '' end"
        + " || e'\\n)' as definition"
        + " from pg_aggregate a join pg_proc p on p.oid = a.aggfnoid"
        + " join pg_namespace n on n.oid = p.pronamespace where "
        + Scope.madeByUsers("pg_proc", "p.oid");
  }
}
