select line from (
  select 'class ' || c.oid::regclass || ' ' || c.relkind::text || c.relpersistence::text || c.relreplident::text
    || coalesce(c.reloptions::text, '') || c.relispartition
    || coalesce(pg_get_expr(c.relpartbound, c.oid), '') || coalesce(pg_get_partkeydef(c.oid), '')
    || case when c.reloftype <> 0 then c.reloftype::regtype::text else '' end as line
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  union all
  select 'column ' || a.attrelid::regclass || '.' || quote_ident(a.attname) || ' '
    || row_number() over (partition by a.attrelid order by a.attnum) || ' '
    || format_type(a.atttypid, a.atttypmod) || a.attnotnull || a.attislocal || a.attinhcount
    || a.attidentity::text || a.attgenerated::text || a.attstorage::text || a.attcompression::text
    || coalesce(a.attstattarget, -1) || coalesce(a.attoptions::text, '')
    || case when a.attcollation = 0 then '' else a.attcollation::regcollation::text end
    || coalesce(pg_get_expr(f.adbin, f.adrelid), '')
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  left join pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not a.attisdropped
    and a.attnum > 0
  union all
  select 'constraint ' || k.conrelid::regclass || k.contypid::regtype || ' ' || k.conname || ' '
    || pg_get_constraintdef(k.oid)
    -- Attaching an index leaves its constraint as it was alone, for pg_dump too.
    || (k.conislocal or k.contype in ('p', 'u', 'n')) || k.coninhcount
    || (k.connoinherit or k.contype in ('p', 'u'))
    || k.convalidated || (k.conparentid <> 0) || k.contype::text
  from pg_constraint k join pg_namespace n on n.oid = k.connamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  union all
  select 'index ' || pg_get_indexdef(i.indexrelid) || i.indisclustered || i.indisreplident
    || i.indisvalid || i.indisprimary || i.indisexclusion || i.indimmediate
  from pg_index i join pg_class c on c.oid = i.indrelid
  join pg_namespace n on n.oid = c.relnamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  union all
  select 'inherits ' || inhrelid::regclass || ' ' || inhparent::regclass || inhseqno
  from pg_inherits
  union all
  select 'sequence ' || seqrelid::regclass || seqtypid::regtype || ' ' || seqstart || ' '
    || seqincrement || ' ' || seqmax || ' ' || seqmin || ' ' || seqcache || seqcycle
  from pg_sequence
  union all
  select 'depends ' || pg_describe_object(classid, objid, objsubid) || ' on '
    || pg_describe_object(refclassid, refobjid, refobjsubid) || deptype::text
  from pg_depend where objid >= 16384 and refobjid >= 16384 and deptype in ('n', 'a')
    and classid = 'pg_class'::regclass
    and pg_describe_object(classid, objid, 0) !~ 'pg_toast'
    -- A server's own public is depended on by nothing, one made anew is.
    and pg_describe_object(refclassid, refobjid, 0) <> 'schema public'
  union all
  select 'comment ' || pg_describe_object(classoid, objoid, objsubid) || description
  from pg_description where objoid >= 16384
  union all
  select 'enum ' || enumtypid::regtype || ' ' || enumlabel || ' '
    || row_number() over (partition by enumtypid order by enumsortorder)
  from pg_enum
  union all
  select 'type ' || t.oid::regtype || t.typtype::text || t.typnotnull || coalesce(t.typdefault, '')
  from pg_type t join pg_namespace n on n.oid = t.typnamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  union all
  select 'range ' || rngtypid::regtype || rngmultitypid::regtype || rngsubdiff::text
  from pg_range where rngtypid >= 16384
) everything
order by 1
