create schema app;
create type app.row as (a int, b text);
create table app.params (a int primary key with (fillfactor = 70), b text, c jsonb)
  with (fillfactor = 60, autovacuum_enabled = false, toast.autovacuum_vacuum_threshold = 7);
alter table app.params alter column b set storage external, alter column b set compression pglz, alter column b set statistics 500,
  alter column a set (n_distinct = -0.5, n_distinct_inherited = 5);
create unlogged table app.volatile (a int);
create table app.typed of app.row (a with options primary key, b default 'x');
create table app.parent (a int not null, b text default 'p', check (a > 0));
create table app.child (c int, b text default 'c') inherits (app.parent);
create table app.grandchild (check (a < 100) no inherit) inherits (app.child);
alter table app.grandchild alter column b drop default;
create table app.none ();
create table app.dropped (a int, b int, c int);
alter table app.dropped drop column b;
alter table app.params cluster on params_pkey;
alter table app.params replica identity full;
alter table app.volatile add v int generated always as (a * 2) stored;
create table app.circle (a int);
create function app.of_circle(app.circle) returns int language sql immutable as 'select $1.a';
alter table app.circle add check (app.of_circle(circle) > 0);
create function app.count_circle() returns bigint language sql begin atomic select count(*) from app.circle; end;
alter table app.circle add d bigint;
alter table app.circle alter d set default app.count_circle();
comment on table app.params is 'with parameters';
comment on column app.params.b is 'a column';
insert into app.params values (1, 'x', '{}');
insert into app.circle values (3);
