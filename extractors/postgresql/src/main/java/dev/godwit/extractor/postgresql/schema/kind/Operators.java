package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/**
 * Operators. A commutator or negator that is not there yet is made as a shell by the server, and
 * filled in when its turn comes.
 */
final class Operators {
  private Operators() {}

  private static String other(String column, String option) {
    return """
        || coalesce((select e',\\n  %s = operator(' || quote_ident(xn.nspname) || '.' || x.oprname
               || ')' from pg_operator x join pg_namespace xn on xn.oid = x.oprnamespace
             where x.oid = o.%s), '')
        """
        .formatted(option, column);
  }

  static final Kind KIND =
      Kind.ofQuery(
          "operator",
          "OPERATOR",
          Catalog.OPERATOR,
          Phase.BEFORE_DATA,
          query ->
              """
              select o.oid, n.nspname as schema, o.oid::regoperator::text as quoted,
                o.oprname || ' (' || case when o.oprleft = 0 then 'NONE'
                  else format_type(o.oprleft, null) end || ', '
                  || format_type(o.oprright, null) || ')' as name,
                0 as relation, 0 as since,
                'CREATE OPERATOR ' || quote_ident(n.nspname) || '.' || o.oprname
                || e' (\\n  function = ' || o.oprcode::text
                || case when o.oprleft = 0 then ''
                     else e',\\n  leftarg = ' || format_type(o.oprleft, null) end
                || case when o.oprright = 0 then ''
                     else e',\\n  rightarg = ' || format_type(o.oprright, null) end
              """
                  + other("oprcom", "commutator")
                  + other("oprnegate", "negator")
                  + """
                  || case when o.oprrest = 0 then ''
                       else e',\\n  restrict = ' || o.oprrest::text end
                  || case when o.oprjoin = 0 then '' else e',\\n  join = ' || o.oprjoin::text end
                  || case when o.oprcanhash then e',\\n  hashes' else '' end
                  || case when o.oprcanmerge then e',\\n  merges' else '' end
                  || e'\\n)' as definition
                  from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
                  where o.oprcode <> 0 and
                  """
                  + Scope.madeByUsers("pg_operator", "o.oid"));
}
