-- What is made in an order of its own, or changed after it was made.
create schema app;
create schema other;
create extension pg_trgm schema other;
create extension pg_stat_statements schema other;

-- Functions with bodies that the server understands, in circles with what they read.
create table app.base (id int primary key, v text, n numeric);
create view app.v1 as select id, v, 1 as n from app.base;
create function app.of_view() returns bigint language sql begin atomic select count(*) from app.v1; end;
create or replace view app.v1 as select id, v, app.of_view()::int as n from app.base;
create function app.of_table(id int) returns text language sql stable
  begin atomic select v from app.base b where b.id = of_table.id; end;
create table app.guarded (id int default app.of_view(), v text check (app.of_table(1) is null or v <> ''));
create table app.circle (id int);
create function app.of_circle(r app.circle) returns int language sql immutable begin atomic select (r).id; end;
alter table app.circle add d int default 5, add check (app.of_circle(circle) > 0);
create index on app.circle (app.of_circle(circle));
create function app.twice(int) returns int language sql immutable as 'select $1 * 2';
create table app.computed (a int, b int generated always as (app.twice(a)) stored,
  c text generated always as (upper('x' || app.twice(a)::text)) stored);
create function app.odd(n int) returns boolean language sql begin atomic select true; end;
create function app.even(n int) returns boolean language sql
  begin atomic select case when n = 0 then true else app.odd(n - 1) end; end;
create or replace function app.odd(n int) returns boolean language sql
  begin atomic select case when n = 0 then false else app.even(n - 1) end; end;
create function app.fact(n int) returns numeric language sql begin atomic select 1; end;
create or replace function app.fact(n int) returns numeric language sql
  begin atomic select case when n < 2 then 1 else n * app.fact(n - 1) end; end;
create procedure app.proc(inout n int) language sql begin atomic
  insert into app.base (id) values (n) on conflict (id) do nothing;
  delete from app.base where id < 0; select n; end;

-- Views on views, recursive ones, those with a key in them, and rules of views.
create view app.counting (n) as with recursive c (n) as (values (1) union all select n + 1 from c where n < 5)
  search depth first by n set ordered cycle n set looped using path select n from c;
create view app.grouped as select id, v, count(*) from app.base group by id;
create view app.on_grouped as select * from app.grouped g join app.v1 using (id, v);
create function app.of_grouped() returns setof app.grouped language sql as 'select * from app.grouped';
create view app.checked as select * from app.base where id > 0 with cascaded check option;
create view app.checked2 as select * from app.checked where id > 1 with local check option;
create materialized view app.mv as select * from app.on_grouped with no data;
create view app.on_mv as select * from app.mv;
create materialized view app.mv2 as select id from app.on_mv with no data;
create view app.changed as select id as a, v as b from app.base;
alter view app.changed rename a to "renamed A";
alter view app.changed alter b set default 'x';
create rule ins as on insert to app.changed do instead insert into app.base (id, v) values (new."renamed A", new.b) returning id, v;
create rule also as on update to app.base where old.v <> new.v do also (select 1; delete from app.circle where id = old.id);
alter table app.base disable rule also;

-- Inheritance: merged columns, changed defaults, other orders, several parents.
create table app.p1 (a int not null default 1, b text default 'p1', check (a > 0));
create table app.p2 (a int default 2, c text collate "C", constraint p2_c check (c <> '') no inherit);
create table app.merged (b text, own int, a int default 3) inherits (app.p1, app.p2);
create table app.kid () inherits (app.p1);
alter table app.kid alter a set default 9, alter b drop default, alter b set not null,
  alter b set storage external, alter b set compression pglz, alter a set statistics 5;
create table app.p3 (a int not null default 1, b text default 'p3', constraint p3_check check (a > 0));
create table app.adopted (own int, b text default 'mine', a int not null, constraint p3_check check (a > 0));
alter table app.adopted inherit app.p3;
create table app.undefaulted (a int default null) inherits (app.p3);
create table app.grandkid (x int, a int default 4) inherits (app.kid, app.p2);
create table app.p4 (a int, b text);
create table app.kid4 () inherits (app.p4);
alter table app.p4 add later date default '2020-02-02', add constraint later_check check (later > '2000-01-01');
alter table app.p4 drop column b;
create table app.gp (a int, g int generated always as (a * 2) stored);
create table app.gc (x int) inherits (app.gp);
create table app.gadopted (x int, g int generated always as (a * 2) stored, a int);
alter table app.gadopted inherit app.gp;

-- Partitions with defaults, checks, indexes and keys of their own.
create table app.tree (id int not null, region text default 'eu', at date not null default '2024-01-01', n int,
  primary key (id, region, at)) partition by list (region);
create table app.tree_eu (n int default 7, at date not null default '2025-01-01', dropped int, region text not null default 'de',
  id int not null, constraint own check (n < 1000)) partition by range (at);
alter table app.tree_eu drop column dropped;
alter table app.tree attach partition app.tree_eu for values in ('eu', 'de', null);
create table app.tree_eu_24 partition of app.tree_eu (n default 24, constraint more check (n > 0))
  for values from ('2024-01-01') to ('2025-01-01');
create table app.tree_eu_rest partition of app.tree_eu for values from (minvalue) to ('2024-01-01');
create table app.tree_us partition of app.tree for values in ('us') partition by hash (id);
create table app.tree_us_0 partition of app.tree_us for values with (modulus 2, remainder 0) with (fillfactor = 50);
create table app.tree_us_1 partition of app.tree_us for values with (modulus 2, remainder 1);
create index tree_n on app.tree (n);
create index tree_only on only app.tree (at);
create index tree_eu_own on app.tree_eu_24 (n) where n > 5;
alter table app.tree add constraint u unique (region, at, id, n);
alter index app.tree_eu_24_n_idx set (fillfactor = 60);
alter table app.tree_eu_24 cluster on tree_eu_24_pkey;
create table app.refers (id int, region text, at date,
  foreign key (id, region, at) references app.tree on delete cascade) partition by range (id);
create table app.refers_1 partition of app.refers for values from (0) to (10);
create function app.trg() returns trigger language plpgsql as 'begin return new; end';
create trigger cloned before insert on app.tree for each row execute function app.trg();
alter table app.tree_us_1 disable trigger cloned;
alter table app.tree_us_0 enable always trigger cloned;
create constraint trigger con after insert or update of n on app.base deferrable initially deferred
  for each row when (new.id > 1) execute function app.trg();

-- Keys and constraints.
alter table app.base add constraint base_v unique (v) with (fillfactor = 80);
create unique index base_n on app.base (n) include (v);
create table app.kids (n numeric references app.base (n), v text references app.base (v) deferrable initially deferred,
  self int, constraint "not" check (self > 0));
alter table app.kids add constraint late check (self <> 5) not valid, add constraint late_key foreign key (n) references app.base (n) not valid;
alter table app.kids add constraint using_index unique (n);
create table app.slots (room int, span tsrange, exclude using gist (span with &&) where (room > 0) deferrable);
create domain app.dom as int[] check (array_position(value, null) is null);
create type app.comp as (x app.dom, y int);
create domain app.domcomp as app.comp[] default array[row(array[1], 2)::app.comp] check (cardinality(value) < 9);
create domain app.dd as app.domcomp not null;
create table app.uses (d app.dd, e app.comp[]);
create index on app.base ((v || 'x'), (n + 1), id) with (fillfactor = 33);
alter index app.base_expr_expr1_id_idx alter column 1 set statistics 100, alter column 2 set statistics 200;

-- Sequences and identity.
create sequence app.down as smallint increment -5 minvalue -100 maxvalue 100 start 50 cycle cache 3;
create table app.ident (a int generated by default as identity (sequence name app."My seq" start 7 increment 3 minvalue 2 maxvalue 999 cache 4 cycle),
  b bigint generated always as identity);
comment on sequence app."My seq" is 'of an identity';
grant usage, select on sequence app."My seq" to reader;
grant all on sequence app.ident_b_seq to writer with grant option;
alter sequence app."My seq" restart 50;
create table app.moved (id serial, other int);
alter sequence app.moved_id_seq owned by app.moved.other;
create table app.freed (id serial);
alter sequence app.freed_id_seq owned by none;
alter table app.freed drop column id;
create sequence app.big as bigint maxvalue 9223372036854775807 minvalue -9223372036854775808 start -9223372036854775808;

-- Functions with everything that can be said of them.
create function app.all_said(a int, variadic b text[] default '{x}') returns setof text language sql
  stable leakproof strict security definer parallel restricted cost 12.5 rows 7
  set work_mem to '1MB' set search_path to '' set datestyle to 'ISO, DMY' as $$ select a::text; $$;
create function app.from_current() returns int language sql set timezone from current as 'select 1';
create function app.support_it(internal) returns internal language internal as 'generate_series_int4_support';
create function app.supported(int) returns setof int language sql support app.support_it as 'select 1';
create function app.poly(anyelement, anyarray, out anycompatible, anycompatible) language sql as 'select $3';
create function app.empty_body() returns void language sql as '';
create function app.many() returns record language plpgsql as e'\ndeclare r record;\nbegin\n\treturn r; -- ''x''\r\nend;\n';

-- Aggregates.
create function app.add_int(int, int) returns int language sql immutable as 'select coalesce($1, 0) + $2';
create function app.sub_int(int, int) returns int language sql immutable as 'select $1 - $2';
create function app.fin(int, int) returns int language sql immutable as 'select $1';
create aggregate app.moving(int) (sfunc = app.add_int, stype = int, sspace = 12, finalfunc = app.fin, finalfunc_extra,
  finalfunc_modify = shareable, combinefunc = app.add_int, initcond = '0', msfunc = app.add_int,
  minvfunc = app.sub_int, mstype = int, msspace = 20, mfinalfunc = app.fin, mfinalfunc_extra,
  mfinalfunc_modify = read_write, minitcond = '1', sortop = operator(pg_catalog.>), parallel = safe);
create aggregate app.hypo (variadic "any" order by variadic "any") (sfunc = ordered_set_transition_multi, stype = internal,
  finalfunc = rank_final, finalfunc_extra, hypothetical);
create aggregate app.star(*) (sfunc = int8inc, stype = int8, initcond = '0');
grant execute on function app.hypo(variadic "any") to reader;
revoke execute on function app.star() from public;
comment on aggregate app.hypo(variadic "any" order by variadic "any") is 'hypothetical';

-- Operator families with loose members across types.
create operator family app.loose using btree;
create operator class app.loose_int for type int using btree family app.loose as
  operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 btint4cmp(int, int);
alter operator family app.loose using btree add operator 1 < (int, bigint), operator 3 = (int, bigint),
  function 1 btint48cmp(int, bigint), function 2 (int, int) btint4sortsupport(internal);
create operator family app.hashed using hash;
create function app.hashed_int(int, bigint) returns bigint language sql immutable as 'select $2';
alter operator family app.hashed using hash add function 2 (int, int) app.hashed_int(int, bigint);
create operator class app.by_distance for type point using gist as
  operator 15 <-> (point, point) for order by float_ops, operator 11 |>>, storage box,
  function 1 gist_point_consistent(internal, point, smallint, oid, internal), function 2 gist_box_union(internal, internal),
  function 3 gist_point_compress(internal), function 5 gist_box_penalty(internal, internal, internal),
  function 6 gist_box_picksplit(internal, internal), function 7 gist_box_same(box, box, internal),
  function 8 (point, point) gist_point_distance(internal, point, smallint, oid, internal);

-- Privileges: defaults, columns, chains of grants, public, what the server and extensions bring.
alter default privileges grant select on tables to reader;
alter default privileges in schema app grant execute on functions to reader;
alter default privileges for role writer revoke execute on functions from public;
alter default privileges for role writer in schema app grant usage, select on sequences to public;
alter default privileges for role writer grant usage on schemas to reader with grant option;
alter default privileges for role reader revoke all on types from public, reader;
alter default privileges for role reader grant all on tables to public;
grant all on app.base to writer with grant option;
grant usage on schema app to writer; set role writer; grant select on app.base to reader; grant update (v), select (id) on app.base to public; reset role;
revoke all on app.p1 from postgres; grant insert on app.p1 to public;
revoke all on schema other from postgres;
grant execute on function pg_ls_dir(text) to reader;
revoke execute on function pg_sleep(float8) from public;
grant select on pg_authid to writer;
grant select (rolname, rolpassword) on pg_authid to reader;
revoke usage on language plpgsql from public;
grant usage on language plpgsql to writer;
revoke usage on type pg_catalog.point from public;
revoke execute on function other.similarity(text, text) from public;
grant select on other.pg_stat_statements to reader;
revoke select on other.pg_stat_statements from public;
grant all on schema public to reader;

-- The rest.
create statistics app.st1 (dependencies, mcv) on id, v from app.base;
create statistics app.st2 on (id + 1), (lower(v)) from app.base;
alter statistics app.st1 set statistics 77;
create table app.typed of app.comp (y with options default 5 not null, primary key (y));
create unlogged table app.un (id serial, b int generated always as identity);
create table app.none ();
create table app.sys (oid int, "tableoid_" int);
alter table app.sys alter oid set statistics 0;
create collation app.nondet (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
create table app.coll (a text collate app.nondet primary key, b text collate "en-x-icu", c varchar(10)[] collate "C");
create text search dictionary app.ispell (template = ispell, dictfile = ispell_sample, afffile = ispell_sample, stopwords = english);
create text search dictionary app.snow (template = snowball, language = german, stopwords = german);
create text search dictionary app.thes (template = thesaurus, dictfile = thesaurus_sample, dictionary = english_stem);
create function app.evt() returns event_trigger language plpgsql as 'begin raise exception ''no''; end';
insert into app.base (id, v, n) select i, 'v' || i, i from generate_series(1, 20) i;
insert into app.tree (id, region, at, n) values (1, 'eu', '2024-05-05', 1), (2, 'us', '2020-01-01', 2), (3, 'us', '2020-01-01', 3), (4, 'de', '2001-01-01', 4);
insert into app.merged (a, c) values (5, 'x');
insert into app.adopted values (1, 'x', 2);
insert into app.ident default values;
insert into app.computed (a) values (1);
create event trigger forbids on ddl_command_start execute function app.evt();
create event trigger forbids_drop on sql_drop execute function app.evt();
create event trigger forbids_end on ddl_command_end execute function app.evt();
