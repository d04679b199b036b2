select line from (
  select 'published ' || (select pubname from pg_publication p where p.oid = prpubid)
    || prrelid::regclass || coalesce(prattrs::text, '') || coalesce(pg_get_expr(prqual, prrelid), '')
    as line
  from pg_publication_rel
  union all
  select 'published schema ' || (select pubname from pg_publication p where p.oid = pnpubid)
    || pnnspid::regnamespace from pg_publication_namespace
) everything
order by 1
