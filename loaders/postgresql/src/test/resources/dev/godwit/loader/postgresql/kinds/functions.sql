create schema app;
create table app.t (a int, b text);
create function app.add(a int, b int default 2, out s int, variadic c int[] default '{}') language sql
  immutable strict parallel safe cost 7 as $$ select a + b $$;
create function app.rows_of(x app.t) returns setof app.t language plpgsql rows 10
  set search_path to 'app', 'pg_temp' security definer as $f$ begin return query select * from app.t; end $f$;
create function app."Odd name; -- "("Ä b" text) returns table (x int, "Y" text) language sql
  as 'select 1, ''$$''::text';
create function app.atomic(x int) returns bigint language sql begin atomic
  select count(*) from app.t where a > x; end;
create procedure app.work(inout n int) language plpgsql as $$ begin n := n + 1; commit; end $$;
create procedure app.atomic_too(x int) begin atomic insert into app.t values (x); delete from app.t; end;
set check_function_bodies = off;
create function app.of_missing() returns int language sql as 'select 1 from app.not_there_yet';
create table app.not_there_yet (i int default app.add(1));
create function app.row_number_too() returns bigint language internal window as 'window_row_number';
comment on function app.add(int, int, int[]) is 'adds';
comment on procedure app.work(int) is 'works';
create function app.twice(int) returns int language sql immutable as $$ select $1 * 2 $$;
create table app.u (v int default app.add(1, 2), w int, g int generated always as (app.twice(w)) stored check (app.twice(g) < 100));
insert into app.u (w) values (3);
create function app.later_word("json" json, b "char" default 'x', "T x" app.t default null) returns json language sql
  as 'select "json"';
create function app.later_word_too("system_user" text) returns table ("json_table" text, n int) language sql
  begin atomic select later_word_too."system_user", 1; end;
create procedure app.later_work("json_value" int) language sql as 'select 1';
create aggregate app.later_sum("json" bigint) (sfunc = int8pl, stype = bigint);
comment on function app.later_word(json, "char", app.t) is 'a word';
comment on aggregate app.later_sum(bigint) is 'a sum';
grant execute on function app.later_word_too to reader;
