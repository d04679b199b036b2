package dev.godwit.extractor.postgresql.schema;

import static dev.godwit.extractor.postgresql.schema.CatalogueQuery.oid;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What tables and types need and no backup carries: extensions, functions, operators, collations,
 * base types. Written so that a target can be asked for each ({@link Attributes#NEEDS}).
 */
final class Needs {
  private Needs() {}

  /** What the tables need, with their defaults, constraints and indexes; by table. */
  static Map<Integer, String> ofTables(Scope scope, List<Integer> tables) {
    return read(
        scope,
        """
        select c.oid as owner, 'pg_class'::regclass as classid, c.oid as objid
        from pg_class c where c.oid = any(?)
        union all
        select indrelid, 'pg_class'::regclass, indexrelid from pg_index where indrelid = any(?)
        union all
        select adrelid, 'pg_attrdef'::regclass, oid from pg_attrdef where adrelid = any(?)
        union all
        select conrelid, 'pg_constraint'::regclass, oid from pg_constraint where conrelid = any(?)
        """,
        tables,
        tables,
        tables,
        tables);
  }

  /** What the types need; by type. */
  static Map<Integer, String> ofTypes(Scope scope, List<Integer> types) {
    return read(
        scope,
        """
        select t.oid as owner, 'pg_type'::regclass as classid, t.oid as objid
        from pg_type t where t.oid = any(?)
        union all
        select reltype, 'pg_class'::regclass, oid from pg_class
        where relkind = 'c' and reltype = any(?)
        union all
        select contypid, 'pg_constraint'::regclass, oid from pg_constraint where contypid = any(?)
        """,
        types,
        types,
        types);
  }

  private static Map<Integer, String> read(Scope scope, String dependents, Object... parameters) {
    Map<Integer, String> needs = new HashMap<>();
    scope
        .query()
        .list(
            "with dependents as ("
                + dependents
                + """
                ), needed as (
                  select distinct x.owner,
                    coalesce(e.refclassid, case when t.oid is not null then 'pg_type'::regclass
                                                else d.refclassid end) as classid,
                    coalesce(e.refobjid, t.oid, d.refobjid) as objid
                  from dependents x
                  join pg_depend d on d.classid = x.classid and d.objid = x.objid
                  left join pg_type a on d.refclassid = 'pg_type'::regclass and a.oid = d.refobjid
                  left join pg_type t
                    on t.oid = case when a.typcategory = 'A' and a.typelem <> 0 then a.typelem
                                    else a.oid end
                  left join pg_range r on r.rngtypid = t.oid
                  left join pg_depend e
                    on e.classid = d.refclassid and e.objid = coalesce(t.oid, d.refobjid)
                    and e.deptype = 'e' and e.refclassid = 'pg_extension'::regclass
                  where d.deptype in ('n', 'a')
                    and (e.objid is not null
                      or d.refobjid >= 16384 and d.refclassid in (
                        'pg_proc'::regclass, 'pg_operator'::regclass, 'pg_opclass'::regclass,
                        'pg_opfamily'::regclass, 'pg_ts_config'::regclass,
                        'pg_ts_dict'::regclass, 'pg_am'::regclass)
                      or t.oid >= 16384 and (t.typtype = 'b' or t.typtype = 'r'
                                             and r.rngcanonical <> 0)
                      or d.refclassid = 'pg_collation'::regclass and d.refobjid >= 1000)
                )
                select owner, array_agg(part order by identity, place)::text as needs
                from (
                  select distinct n.owner, i.identity, p.place, p.part
                  from needed n
                  cross join lateral pg_identify_object_as_address(n.classid, n.objid, 0) o
                  cross join lateral pg_identify_object(n.classid, n.objid, 0) i
                  cross join lateral unnest(array[
                    o.type, o.object_names::text, o.object_args::text, o.type || ' ' || i.identity
                  ]) with ordinality as p (part, place)
                ) parts
                group by owner
                """,
            row -> needs.put(oid(row, "owner"), row.getString("needs")),
            parameters);
    return needs;
  }
}
