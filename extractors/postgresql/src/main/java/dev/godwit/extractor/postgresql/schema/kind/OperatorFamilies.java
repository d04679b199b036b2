package dev.godwit.extractor.postgresql.schema.kind;

import dev.godwit.extractor.postgresql.schema.graph.Catalog;
import dev.godwit.extractor.postgresql.schema.graph.Kind;
import dev.godwit.extractor.postgresql.schema.graph.Scope;
import dev.godwit.spi.dataset.SchemaObject.Phase;

/** Operator families, with the members that belong to no class of them. */
final class OperatorFamilies {
  private OperatorFamilies() {}

  /** Members of what a row of pg_depend names as their owner; {@code %s} is that catalogue. */
  static String members(String catalogue, String owner) {
    return """
        (select string_agg(m.text, e',\\n  ' order by m.place, m.number, m.text) from (
          select 1 as place, ao.amopstrategy as number,
            'OPERATOR ' || ao.amopstrategy || ' ' || quote_ident(pn.nspname) || '.' || op.oprname
            || ' (' || format_type(ao.amoplefttype, null) || ', '
            || format_type(ao.amoprighttype, null) || ')'
            || coalesce(' FOR ORDER BY ' || quote_ident(sn.nspname) || '.'
                 || quote_ident(sf.opfname), '') as text
          from pg_depend d
          join pg_amop ao on ao.oid = d.objid
          join pg_operator op on op.oid = ao.amopopr
          join pg_namespace pn on pn.oid = op.oprnamespace
          left join pg_opfamily sf on sf.oid = ao.amopsortfamily
          left join pg_namespace sn on sn.oid = sf.opfnamespace
          where d.classid = 'pg_amop'::regclass and d.refclassid = '%1$s'::regclass
            and d.refobjid = %2$s and d.deptype in ('a', 'i')
          union all
          select 2, ap.amprocnum,
            'FUNCTION ' || ap.amprocnum || ' (' || format_type(ap.amproclefttype, null) || ', '
            || format_type(ap.amprocrighttype, null) || ') ' || ap.amproc::oid::regprocedure::text
          from pg_depend d
          join pg_amproc ap on ap.oid = d.objid
          where d.classid = 'pg_amproc'::regclass and d.refclassid = '%1$s'::regclass
            and d.refobjid = %2$s and d.deptype in ('a', 'i')
        ) m)
        """
        .formatted(catalogue, owner);
  }

  static final Kind KIND =
      Kind.ofQuery(
          "operator family",
          "OPERATOR FAMILY",
          Catalog.OPFAMILY,
          Phase.BEFORE_DATA,
          query ->
              """
              select f.oid, n.nspname as schema, f.opfname || ' using ' || am.amname as name,
                f.head as quoted, 0 as relation, 0 as since,
                'CREATE OPERATOR FAMILY ' || f.head
                || coalesce(e';\\nALTER OPERATOR FAMILY ' || f.head || e' ADD\\n  ' ||
              """
                  + members("pg_opfamily", "f.oid")
                  + """
                  , '') as definition
                  from (select o.oid, o.opfname, o.opfnamespace, o.opfmethod, quote_ident(fn.nspname) || '.' || quote_ident(o.opfname)
                          || ' USING ' || quote_ident(fa.amname) as head
                        from pg_opfamily o
                        join pg_namespace fn on fn.oid = o.opfnamespace
                        join pg_am fa on fa.oid = o.opfmethod) f
                  join pg_namespace n on n.oid = f.opfnamespace
                  join pg_am am on am.oid = f.opfmethod
                  where
                  """
                  + Scope.madeByUsers("pg_opfamily", "f.oid"));
}
