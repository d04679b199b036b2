package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.CatalogueQuery;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Base types, and the shells of types that their own functions need. */
final class BaseTypes {
  private BaseTypes() {}

  static final Kind KIND =
      Kind.ofQuery("type", "TYPE", Catalog.TYPE, Phase.BEFORE_DATA, BaseTypes::select);

  /** A type's shell, as long as it is not defined; a type that is nothing else stays one. */
  static final Kind SHELLS =
      Kind.ofQuery(
          "shell type",
          "TYPE",
          Catalog.SHELL,
          Phase.BEFORE_DATA,
          query ->
              """
              select t.oid, n.nspname as schema, t.typname as name,
                quote_ident(n.nspname) || '.' || quote_ident(t.typname) as quoted,
                0 as relation, 0 as since,
                'CREATE TYPE ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname)
                  as definition
              from pg_type t join pg_namespace n on n.oid = t.typnamespace
              where t.typtype in ('b', 'r') and t.typarray <> 0 and
              """
                  + Scope.madeByUsers("pg_type", "t.oid"));

  private static String function(String column, String option) {
    return " || case when t.%s = 0 then '' else e',\\n  %s = ' || t.%s::text end"
        .formatted(column, option, column);
  }

  private static String select(CatalogueQuery query) {
    return """
        select t.oid, n.nspname as schema, t.typname as name,
          quote_ident(n.nspname) || '.' || quote_ident(t.typname) as quoted,
          0 as relation, %s as since,
          'CREATE TYPE ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname)
          || case when not t.typisdefined then '' else e' (\\n  input = ' || t.typinput::text
            || e',\\n  output = ' || t.typoutput::text
        """
            .formatted(query.since(14, "case when t.typsubscript <> 0 then 14 else 0 end", "0"))
        + function("typreceive", "receive")
        + function("typsend", "send")
        + function("typmodin", "typmod_in")
        + function("typmodout", "typmod_out")
        + function("typanalyze", "analyze")
        + query.since(
            14,
            " || case when t.typsubscript = 0 then ''"
                + " else e',\\n  subscript = ' || t.typsubscript::text end",
            "")
        + """
         || e',\\n  internallength = ' || case t.typlen when -1 then 'variable'
              else t.typlen::text end
            || case when t.typbyval then e',\\n  passedbyvalue' else '' end
            || e',\\n  alignment = ' || case t.typalign when 'c' then 'char' when 's' then 'int2'
                 when 'i' then 'int4' else 'double' end
            || e',\\n  storage = ' || case t.typstorage when 'p' then 'plain'
                 when 'e' then 'external' when 'm' then 'main' else 'extended' end
            || case when t.typcollation <> 0 then e',\\n  collatable = true' else '' end
            || case when t.typcategory <> 'U'
                 then e',\\n  category = ' || quote_literal(t.typcategory::text) else '' end
            || case when t.typispreferred then e',\\n  preferred = true' else '' end
            || case when t.typdefault is not null
                 then e',\\n  default = ' || quote_literal(t.typdefault) else '' end
            || case when t.typelem <> 0
                 then e',\\n  element = ' || format_type(t.typelem, null) else '' end
            || case when t.typdelim <> ','
                 then e',\\n  delimiter = ' || quote_literal(t.typdelim::text) else '' end
            || e'\\n)' end as definition
        from pg_type t join pg_namespace n on n.oid = t.typnamespace
        where (t.typtype = 'b' and t.typarray <> 0 or t.typtype = 'p' and not t.typisdefined) and
        """
        + Scope.madeByUsers("pg_type", "t.oid");
  }
}
