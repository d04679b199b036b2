-- Every kind of object with names that must be quoted, and texts with all that quoting is for.
create schema app;
create schema "schema.with ""dots"" and 'quotes' \ %s %I $1 $$ 🐦";
create schema "select";
create extension "uuid-ossp" schema "select";

-- Types.
create type app."Enum \ 'type'" as enum
  ('it''s', 'say "x"', 'back\slash', '%s %I', '$$', '', ' lead and trail ', '🐦', 'select', 'a,b{c}');
alter type app."Enum \ 'type'" add value 'first' before 'it''s';
alter type app."Enum \ 'type'" add value 'between' after 'back\slash';
comment on type app."Enum \ 'type'" is e'two\nlines, ''quotes'', \\ and $$ and %I';
create type app."Row.type" as ("select" int, "Col ""b""" text collate "C", "c.d" app."Enum \ 'type'"[]);
comment on column app."Row.type"."Col ""b""" is 'of a type';
create type "select"."table" as ("order" app."Row.type"[]);
create domain app."Domain %s" as text collate "POSIX" default 'it''s %s \ $$'
  constraint "Check %s 'x'" check (value <> '%s ''\' and value !~ e'\n')
  constraint "not null ""check""" check (value is not null);
alter domain app."Domain %s" add constraint "late %s" check (value <> '%s') not valid;
comment on constraint "late %s" on domain app."Domain %s" is 'on %s';
create domain "select"."from" as app."Row.type"[] check (array_length(value, 1) < 5);
create type app."Range 'x'" as range (subtype = text, collation = "C", multirange_type_name = app."Multi ""x""");
create type "select"."Shell \";
create collation app."Collation $1" from "C";
comment on collation app."Collation $1" is '''';

-- Functions, aggregates, operators, casts.
create function app."f ""x"" 'y' \ %s"("Arg 1" int default 1, "select" text default 'it''s \ %s',
    variadic "rest $" int[] default '{}') returns text language plpgsql
  set search_path to "schema.with ""dots"" and 'quotes' \ %s %I $1 $$ 🐦", "$user", pg_catalog
  set "my.setting" to 'a ''b'' \ %s'
  as $body$begin return $$it's $a$ $1 \ %s$$ || $function$nested$function$; end$body$;
comment on function app."f ""x"" 'y' \ %s"(int, text, int[]) is E'line\r\nline\ttab';
create procedure "select"."Proc"(inout "In Out" app."Enum \ 'type'", "b" "select"."table") language plpgsql
  as 'begin null; end';
create function "select"."window"(out "a b" int, out "select" text) returns setof record
  language sql as 'select 1, ''it''''s''';
create function app."returns ""table"""("in" int) returns table ("Out 1" int, "order" app."Row.type")
  language sql as 'select 1, null::app."Row.type"';
create function app."atomic 'x'"("a b" int) returns int language sql
  begin atomic select "a b" + length('it''s \ %s $$'); end;
create aggregate app."Agg %s" ("Arg" int) (sfunc = int4pl, stype = int, initcond = '0');
create aggregate "select"."percentile" (float8 order by app."Enum \ 'type'")
  (sfunc = ordered_set_transition, stype = internal, finalfunc = percentile_disc_final, finalfunc_extra);
create function "select"."Same"(app."Row.type", app."Row.type") returns boolean language sql
  immutable as 'select $1."select" = $2."select"';
create operator app.=%= (leftarg = app."Row.type", rightarg = app."Row.type", function = "select"."Same",
  commutator = operator(app.=%=));
comment on operator app.=%= (app."Row.type", app."Row.type") is 'the \ same';
create operator "select".@#@ (rightarg = int, function = app."atomic 'x'");
create function app."to text 'x'"(app."Row.type") returns text language sql immutable as 'select $1."Col ""b"""';
create cast (app."Row.type" as text) with function app."to text 'x'"(app."Row.type");
create operator family app."Family %s" using btree;
create operator class app."Class \" for type app."Range 'x'" using btree family app."Family %s" as
  operator 1 <(anyrange, anyrange), operator 3 =(anyrange, anyrange), function 1 range_cmp(anyrange, anyrange);
create conversion app."Conv 'x'" for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8;
create text search dictionary app."Dict 'x'" (template = pg_catalog.simple, stopwords = english, accept = 'false');
create text search dictionary "select"."dict" (template = pg_catalog.synonym, synonyms = 'synonym_sample');
create text search configuration app."Config %s" (copy = pg_catalog.english);
alter text search configuration app."Config %s" alter mapping for word, asciiword with app."Dict 'x'", "select"."dict";

-- Tables.
create sequence "schema.with ""dots"" and 'quotes' \ %s %I $1 $$ 🐦"."Seq 'x' %s";
create table "schema.with ""dots"" and 'quotes' \ %s %I $1 $$ 🐦"."Table ""t"" 'x' \ %s $1 🐦" (
  "Id" int generated always as identity primary key,
  "select" app."Enum \ 'type'" default 'it''s',
  "a ""b"" 'c' \ %s" text default 'it''s \ %s $$ 🐦' collate app."Collation $1",
  "gen ""x""" int generated always as ("Id" * 2) stored,
  "ser.ial" serial,
  "from" "select"."from",
  "row" app."Row.type" default row(1, 'it''s', array['say "x"', '']::app."Enum \ 'type'"[]),
  "seq" bigint default nextval('"schema.with ""dots"" and ''quotes'' \ %s %I $1 $$ 🐦"."Seq ''x'' %s"'),
  constraint "Check 'x' \ %s" check ("a ""b"" 'c' \ %s" <> 'it''s \ %s'),
  constraint "Unique ""x""" unique ("a ""b"" 'c' \ %s", "select") include ("seq")
    with (fillfactor = 70) deferrable initially deferred,
  constraint "Excl %s" exclude using btree (("Id" + 1) with =) where ("Id" > 5)
);
alter sequence "schema.with ""dots"" and 'quotes' \ %s %I $1 $$ 🐦"."Seq 'x' %s" owned by
  "schema.with ""dots"" and 'quotes' \ %s %I $1 $$ 🐦"."Table ""t"" 'x' \ %s $1 🐦"."seq";
create table "select"."order" (
  "user" int references "schema.with ""dots"" and 'quotes' \ %s %I $1 $$ 🐦"."Table ""t"" 'x' \ %s $1 🐦" ("Id")
    on delete cascade,
  "group by" int, "123" text, "ünïcödé" text, "x" int constraint "NN 'x'" not null);
alter table "select"."order" add constraint "fk ""a"" 'b' \ %s"
  foreign key ("group by") references "schema.with ""dots"" and 'quotes' \ %s %I $1 $$ 🐦"."Table ""t"" 'x' \ %s $1 🐦" ("Id")
  match full on update set null not valid;
alter table "select"."order" alter "123" set statistics 7, alter "123" set storage external,
  alter "123" set (n_distinct = -0.5);
alter table "select"."order" set (autovacuum_enabled = off, toast.autovacuum_enabled = off);
create table app."äöü äöü äöü äöü äöü äöü äöü äöü äöü " ("äöü äöü äöü äöü äöü äöü äöü äöü äöü " int primary key, "b" text);
create index "Index 'x' \ %s" on "select"."order"
  ("123" collate app."Collation $1" text_pattern_ops desc, (coalesce("123", 'it''s \ %s'))) where "group by" > 5;
alter index "select"."Index 'x' \ %s" alter column 2 set statistics 42;
create unique index "select" on "select"."order" ("x");
alter table "select"."order" replica identity using index "select";
alter table "select"."order" cluster on "select";
create statistics app."Stat %s" (ndistinct) on "123", ("group by" + 1) from "select"."order";
comment on table "select"."order" is e'-- not a comment\n/* nor this */ \\. $$ ''';
comment on column "select"."order"."123" is e'\\';
comment on index "select"."Index 'x' \ %s" is 'index''s';
comment on constraint "fk ""a"" 'b' \ %s" on "select"."order" is '%s';
comment on sequence "schema.with ""dots"" and 'quotes' \ %s %I $1 $$ 🐦"."Seq 'x' %s" is 'seq';
comment on schema "select" is '%I %s %% %1$s';
comment on statistics app."Stat %s" is 'x';

-- Partitions.
create table app."Part 'p' %s" ("Key \" text, "v" int) partition by list ("Key \");
create table app."Part 'p' %s.1" partition of app."Part 'p' %s" for values in ('it''s \ %s', '$$', null);
create table app."Part 'p' %s.default" partition of app."Part 'p' %s" default;
create index "Part index %s" on app."Part 'p' %s" ("v");
create table app."Child 'c'" ("own" int) inherits ("select"."order");

-- Views, rules, triggers, policies.
create view app."View ""v"" 'x' \ %s" with (security_barrier) as
  select "Id" as "The ""Id""", 'it''s \ %s $$' as "?column?", "row"."Col ""b""" as "a.b"
  from (select "Id", (t."row")."Col ""b""" as "row" from "schema.with ""dots"" and 'quotes' \ %s %I $1 $$ 🐦"."Table ""t"" 'x' \ %s $1 🐦" t) s ("Id", "x"),
    lateral (select s."x" as "Col ""b""") "row";
alter view app."View ""v"" 'x' \ %s" alter "?column?" set default 'it''s \';
comment on view app."View ""v"" 'x' \ %s" is 'view';
comment on column app."View ""v"" 'x' \ %s"."The ""Id""" is 'column';
create materialized view "select"."Mat %s" as select "123" as "say ""x""" from "select"."order";
create unique index "Mat index \" on "select"."Mat %s" ("say ""x""");
create rule "Rule 'x' %s" as on insert to app."View ""v"" 'x' \ %s" do instead
  insert into "select"."order" ("x", "123") values (new."The ""Id""", 'it''s \ %s');
comment on rule "Rule 'x' %s" on app."View ""v"" 'x' \ %s" is 'rule';
create function app."trigger %s"() returns trigger language plpgsql as 'begin return new; end';
create trigger "Trigger 'x' \ %s" before update of "123", "group by" on "select"."order"
  for each row when (old."123" is distinct from 'it''s \ %s')
  execute function app."trigger %s"('it''s', 'back\slash', '%s', '', '🐦');
comment on trigger "Trigger 'x' \ %s" on "select"."order" is 'trigger';
create trigger "Stmt %s" after insert on "select"."order" referencing new table as "New 'rows'"
  for each statement execute function app."trigger %s"();
alter table "select"."order" enable always trigger "Stmt %s";
create policy "Policy 'x' \ %s" on "select"."order" for update to reader, "Odd role"
  using ("123" = 'it''s \ %s') with check ("group by" > 0);
comment on policy "Policy 'x' \ %s" on "select"."order" is 'policy';
alter table "select"."order" enable row level security;

-- Foreign data.
create foreign data wrapper "Wrapper 'x' %s" options ("Option 1" 'it''s \ %s', "select" '');
create server "Server 'x' %s" type 'it''s' version 'v\1' foreign data wrapper "Wrapper 'x' %s"
  options ("host name" 'a b ''c'' \ %s', "with ""quotes""" '"x"');
create user mapping for "Odd role" server "Server 'x' %s" options ("user" 'it''s \ %s');
create user mapping for public server "Server 'x' %s";
create foreign table app."Foreign 'x' %s" ("Col ""1""" int options ("name of" 'it''s \'), "b" text)
  server "Server 'x' %s" options ("table name" 'it''s \ %s "x"');
comment on server "Server 'x' %s" is 'server';
comment on foreign table app."Foreign 'x' %s" is 'foreign';

-- Owners, privileges, publications, event triggers.
alter table app."äöü äöü äöü äöü äöü äöü äöü äöü äöü " owner to "Odd role";
grant select ("123", "group by"), update ("x") on "select"."order" to "Odd role" with grant option;
grant usage on schema "select" to "Odd role";
grant execute on function app."f ""x"" 'y' \ %s"(int, text, int[]) to "Odd role";
grant execute on procedure "select"."Proc"(app."Enum \ 'type'", "select"."table") to "Odd role";
revoke execute on function app."Agg %s"(int) from public;
grant execute on function "select"."percentile"(float8, app."Enum \ 'type'") to reader;
grant usage on type app."Domain %s" to "Odd role";
grant usage on sequence "schema.with ""dots"" and 'quotes' \ %s %I $1 $$ 🐦"."Seq 'x' %s" to "Odd role";
grant usage on foreign server "Server 'x' %s" to "Odd role";
grant usage on foreign data wrapper "Wrapper 'x' %s" to "Odd role";
alter default privileges for role "Odd role" in schema "select" grant select on tables to "Odd role", reader;
create publication "Pub 'x' %s" for table "select"."order", app."Part 'p' %s";
comment on publication "Pub 'x' %s" is 'pub';
create function app."event %s"() returns event_trigger language plpgsql as 'begin end';
create event trigger "Event 'x' %s" on ddl_command_start when tag in ('CREATE TABLE', 'DROP INDEX')
  execute function app."event %s"();
comment on event trigger "Event 'x' %s" is 'event';
do 'begin execute format(''comment on database %I is %L'', current_database(),
  ''of %I $do$ $godwit$ %s $$ it''''s \''); end';
do 'begin execute format(''alter database %I set "my.setting" to %L'', current_database(),
  ''of %I $do$ $godwit$ %s $$ it''''s \''); end';
do 'begin execute format(''alter role "Odd role" in database %I set search_path to "select", "$user", ''''a "b"'''''', current_database()); end';

insert into "schema.with ""dots"" and 'quotes' \ %s %I $1 $$ 🐦"."Table ""t"" 'x' \ %s $1 🐦" ("a ""b"" 'c' \ %s", "select")
  values ('x', 'back\slash'), ('y', '');
insert into app."Part 'p' %s" values ('it''s \ %s', 1), (null, 2), ('other', 3);
