package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Rules, but for those that are a view's query. */
final class Rules {
  private Rules() {}

  /** How a rule or trigger is switched on or off, where it is not as it is made. */
  static String state(String column, String word, String name) {
    return """
         || case %1$s when 'O' then '' else e';\\nALTER TABLE ONLY ' || quote_ident(n.nspname)
              || '.' || quote_ident(c.relname) || case %1$s when 'D' then ' DISABLE %2$s '
                when 'A' then ' ENABLE ALWAYS %2$s ' else ' ENABLE REPLICA %2$s ' end
              || quote_ident(%3$s) end
        """
        .formatted(column, word, name);
  }

  static final Kind KIND =
      Kind.ofQuery(
          "rule",
          "RULE",
          Catalog.REWRITE,
          Phase.LAST,
          query ->
              """
              select r.oid, n.nspname as schema, c.relname || '.' || r.rulename as name,
                quote_ident(r.rulename) || ' ON ' || quote_ident(n.nspname) || '.'
                  || quote_ident(c.relname) as quoted,
                c.oid as relation, 0 as since, rtrim(pg_get_ruledef(r.oid), ';')
              """
                  + state("r.ev_enabled", "RULE", "r.rulename")
                  + """
                   as definition
                  from pg_rewrite r
                  join pg_class c on c.oid = r.ev_class
                  join pg_namespace n on n.oid = c.relnamespace
                  where r.rulename <> '_RETURN' and
                  """
                  + Scope.madeByUsers("pg_class", "c.oid"));
}
