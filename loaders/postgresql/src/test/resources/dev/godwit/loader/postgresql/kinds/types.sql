create schema app;
create type app.mood as enum ('sad', 'it''s ok', '😀');
create type app.empty as enum ();
create type app.pair as (a int, "B c" text collate "C", m app.mood[]);
create type app.nothing as ();
create domain app.positive as int default 1 constraint above_0 check (value > 0) not null;
create domain app.small as app.positive check (value < 100);
alter domain app.small add constraint unchecked check (value <> 13) not valid;
create function app.diff(a float8, b float8) returns float8 language sql immutable as 'select a - b';
create type app.span as range (subtype = float8, subtype_diff = app.diff,
  multirange_type_name = app.spans);
create type app.words as range (subtype = text, collation = "C");
create type app.color;
create function app.color_in(cstring) returns app.color language internal immutable strict as 'int4in';
create function app.color_out(app.color) returns cstring language internal immutable strict as 'int4out';
create type app.color (input = app.color_in, output = app.color_out, like = pg_catalog.int4,
  category = 'N', default = '7');
create type app.steps;
create function app.step(app.steps) returns app.steps language internal immutable strict
  as 'int4range_canonical';
create type app.steps as range (subtype = int4, canonical = app.step);
create type app.only_a_shell;
create table app.t (m app.mood default 'sad', p app.pair, s app.small, r app.span, c app.color,
  w app.words, st app.steps, rs app.spans);
comment on type app.mood is 'a mood';
comment on domain app.small is 'small';
comment on constraint unchecked on domain app.small is 'not yet';
comment on column app.pair."B c" is 'second';
insert into app.t (m, c, r) values ('😀', '12', '[1,2]');
