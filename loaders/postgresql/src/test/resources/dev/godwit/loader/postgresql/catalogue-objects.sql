-- What a server's catalogue says of objects, by names. Beside catalogue.sql.
with owned (classid, objid, owner, acl) as (
  select 'pg_class'::regclass, oid, relowner, relacl from pg_class
    where relkind <> 't' and relkind <> 'i' and relkind <> 'I'
  union all select 'pg_proc'::regclass, oid, proowner, proacl from pg_proc
  union all select 'pg_type'::regclass, oid, typowner, typacl from pg_type where typarray <> 0
  union all select 'pg_namespace'::regclass, oid, nspowner,
      coalesce(nspacl, acldefault('n', nspowner)) from pg_namespace
    where nspname !~ '^pg_t'
  union all select 'pg_language'::regclass, oid, lanowner, lanacl from pg_language
  union all select 'pg_foreign_data_wrapper'::regclass, oid, fdwowner, fdwacl
    from pg_foreign_data_wrapper
  union all select 'pg_foreign_server'::regclass, oid, srvowner, srvacl from pg_foreign_server
  union all select 'pg_operator'::regclass, oid, oprowner, null from pg_operator
  union all select 'pg_opclass'::regclass, oid, opcowner, null from pg_opclass
  union all select 'pg_opfamily'::regclass, oid, opfowner, null from pg_opfamily
  union all select 'pg_collation'::regclass, oid, collowner, null from pg_collation
  union all select 'pg_conversion'::regclass, oid, conowner, null from pg_conversion
  union all select 'pg_ts_dict'::regclass, oid, dictowner, null from pg_ts_dict
  union all select 'pg_ts_config'::regclass, oid, cfgowner, null from pg_ts_config
  union all select 'pg_statistic_ext'::regclass, oid, stxowner, null from pg_statistic_ext
  union all select 'pg_publication'::regclass, oid, pubowner, null from pg_publication
  union all select 'pg_event_trigger'::regclass, oid, evtowner, null from pg_event_trigger)
select line from (
  select 'owned ' || pg_describe_object(o.classid, o.objid, 0) || ' by ' || o.owner::regrole
    || coalesce(' ' || (select string_agg(a.grantor::regrole || '>' || a.grantee || '='
         || a.privilege_type || a.is_grantable, ' ' order by a.grantee, a.privilege_type, a.grantor)
         from aclexplode(o.acl) a), '') as line
  from owned o where o.objid >= 16384 or o.acl is not null
  union all
  select 'column privileges ' || a.attrelid::regclass || '.' || a.attname || a.attacl::text
  from pg_attribute a where a.attacl is not null
  union all
  select 'function ' || p.oid::regprocedure || p.prokind::text || ' ' || pg_get_function_arguments(p.oid)
    || coalesce(pg_get_function_result(p.oid), '') || l.lanname || p.procost || '/' || p.prorows
    || p.provolatile::text || p.proisstrict || p.prosecdef || p.proleakproof || p.proparallel::text
    || p.prosupport::text || coalesce(p.proconfig::text, '')
    || coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) || coalesce(p.probin, '')
  from pg_proc p join pg_language l on l.oid = p.prolang where p.oid >= 16384
  union all
  select 'aggregate ' || aggfnoid || aggkind::text || aggnumdirectargs || aggtransfn || aggfinalfn
    || aggcombinefn || aggserialfn || aggdeserialfn || aggmtransfn || aggminvtransfn || aggmfinalfn
    || aggfinalextra || aggmfinalextra || aggfinalmodify::text || aggmfinalmodify::text
    || aggsortop::regoperator || aggtranstype::regtype || aggtransspace || aggmtranstype::regtype
    || aggmtransspace || coalesce(agginitval, '-') || coalesce(aggminitval, '-')
  from pg_aggregate where aggfnoid >= 16384
  union all
  select 'operator ' || oid::regoperator || oprcode || oprcom::regoperator || oprnegate::regoperator
    || oprrest || oprjoin || oprcanmerge || oprcanhash || oprresult::regtype
  from pg_operator where oid >= 16384
  union all
  select 'member ' || pg_describe_object('pg_opfamily'::regclass, amopfamily, 0) || amopstrategy
    || amoppurpose::text || amopopr::regoperator || amoplefttype::regtype || amoprighttype::regtype
    || coalesce(pg_describe_object('pg_opfamily'::regclass, nullif(amopsortfamily, 0), 0), '')
  from pg_amop where oid >= 16384
  union all
  select 'support ' || pg_describe_object('pg_opfamily'::regclass, amprocfamily, 0) || amprocnum
    || amproc || amproclefttype::regtype || amprocrighttype::regtype
  from pg_amproc where oid >= 16384
  union all
  select 'operator class ' || pg_describe_object('pg_opclass'::regclass, oid, 0) || opcdefault
    || opcintype::regtype || opckeytype::regtype
    || pg_describe_object('pg_opfamily'::regclass, opcfamily, 0)
  from pg_opclass where oid >= 16384
  union all
  select 'cast ' || castsource::regtype || casttarget::regtype || castfunc::regprocedure
    || castcontext::text || castmethod::text from pg_cast where oid >= 16384
  union all
  select 'collation ' || oid::regcollation || collprovider::text || collisdeterministic 
    || coalesce(collcollate, '-') || coalesce(collctype, '-')
    || coalesce(to_jsonb(c) ->> 'colllocale', '-') || coalesce(to_jsonb(c) ->> 'collicurules', '-')
  from pg_collation c where oid >= 16384
  union all
  select 'conversion ' || pg_describe_object('pg_conversion'::regclass, oid, 0) || conforencoding
    || contoencoding || conproc || condefault from pg_conversion where oid >= 16384
  union all
  select 'transform ' || trftype::regtype || trflang || trffromsql || trftosql
  from pg_transform where oid >= 16384 and trflang < 16384
  union all
  select 'dictionary ' || oid::regdictionary || coalesce(dictinitoption, '')
    || pg_describe_object('pg_ts_template'::regclass, dicttemplate, 0)
  from pg_ts_dict where oid >= 16384
  union all
  select 'mapping ' || mapcfg::regconfig || maptokentype || mapseqno || mapdict::regdictionary
  from pg_ts_config_map where mapcfg >= 16384
  union all
  select 'trigger ' || pg_get_triggerdef(oid) || tgenabled::text || (tgparentid <> 0)
  from pg_trigger where not tgisinternal
  union all
  select 'rule ' || pg_get_ruledef(oid) || ev_enabled::text from pg_rewrite where oid >= 16384
  union all
  select 'policy ' || polname || polrelid::regclass || polcmd::text || polpermissive
    || (select string_agg(r::regrole::text, ',' order by r::regrole::text) from unnest(polroles) r)
    || coalesce(pg_get_expr(polqual, polrelid), '') || coalesce(pg_get_expr(polwithcheck, polrelid), '')
  from pg_policy
  union all
  select 'row security ' || oid::regclass || relrowsecurity || relforcerowsecurity
  from pg_class where relrowsecurity or relforcerowsecurity
  union all
  select 'statistics ' || pg_get_statisticsobjdef(oid) || coalesce(stxstattarget, -1)
  from pg_statistic_ext
  union all
  select 'event trigger ' || evtname || evtevent || evtfoid::regproc || evtenabled::text
    || coalesce(evttags::text, '') from pg_event_trigger
  union all
  select 'publication ' || (to_jsonb(p) - 'oid' - 'pubowner')::text from pg_publication p
  union all
  select 'subscription '
    || (to_jsonb(s) - 'oid' - 'subdbid' - 'subowner' - 'subconninfo' - 'subenabled' - 'subslotname')::text
  from pg_subscription s
  where subdbid = (select oid from pg_database where datname = current_database())
  union all
  select 'wrapper ' || fdwname || fdwhandler || fdwvalidator || coalesce(fdwoptions::text, '')
  from pg_foreign_data_wrapper
  union all
  select 'server ' || srvname || coalesce(srvtype, '-') || coalesce(srvversion, '-')
    || coalesce(srvoptions::text, '') from pg_foreign_server
  union all
  select 'foreign table ' || ftrelid::regclass || coalesce(ftoptions::text, '')
    || coalesce((select string_agg(attname || attfdwoptions::text, ',' order by attnum)
       from pg_attribute where attrelid = ftrelid), '') from pg_foreign_table
  union all
  select 'mapped ' || srvname || coalesce(usename, '-') from pg_user_mappings
  union all
  select 'extension ' || extname || extnamespace::regnamespace || extversion from pg_extension
  union all
  select 'default privileges ' || defaclrole::regrole || defaclnamespace::regnamespace
    || defaclobjtype::text || defaclacl::text from pg_default_acl
  union all
  select 'setting ' || setrole || s from pg_db_role_setting, unnest(setconfig) s
  where setdatabase = (select oid from pg_database where datname = current_database())
  union all
  select 'extension of ' || pg_describe_object(classid, objid, objsubid) || ' is ' || e.extname
  from pg_depend d join pg_extension e on e.oid = d.refobjid
  where d.deptype = 'x' and d.refclassid = 'pg_extension'::regclass
  union all
  select 'sequence state ' || schemaname || '.' || sequencename || coalesce(last_value, -1)
  from pg_sequences
  union all
  select 'database ' || (to_jsonb(d) - 'oid' - 'datname' - 'datfrozenxid' - 'datminmxid' - 'datacl')::text
    || coalesce(shobj_description(oid, 'pg_database'), '')
  from pg_database d where datname = current_database()
) everything
order by 1
