create schema app;
create schema "Odd ""schema"". 🦆";
comment on schema app is 'what''s \ in it';
create type app.mood as enum ('sad', 'so-so', 'happy');
alter type app.mood add value 'it''s' before 'so-so';
comment on type app.mood is 'an enum';
create type app.place as (street text collate "C", number int, moods app.mood[]);
comment on column app.place.street is 'a field';
create domain app.positive as numeric(10,2) default 1.5 not null
  constraint positive_check check (value > 0) check (value < 1000000);
create domain app.word as text collate "C" check (value <> '');
alter domain app.word add constraint short check (length(value) < 100) not valid;
comment on domain app.word is 'a domain';
comment on constraint short on domain app.word is 'a domain constraint';
create type app.span as range (subtype = float8, subtype_diff = float8mi);
create domain app.where_to as app.place check ((value).number > 0);

create sequence app.free as smallint increment by -3 minvalue -1000 maxvalue 7 start 5 cache 4 cycle;
comment on sequence app.free is 'stands alone';
select setval('app.free', -4);
create sequence app.untouched;

create table app.customers (
  id bigint generated always as identity (start with 100 increment by 5 sequence name app.customers_numbers),
  dropped int,
  name varchar(80) not null collate "C",
  email app.word,
  mood app.mood default 'happy',
  home app.where_to,
  score app.positive,
  ticket int default nextval('app.free'),
  during app.span,
  picture bytea,
  prefs jsonb default '{"a": {"b": [1, 2]}}',
  full_name text generated always as (name || ' <' || (email)::text || '>') stored,
  constraint "named check" check (name <> 'nobody' and ticket is distinct from 0),
  primary key (id) include (name) with (fillfactor = 80)
) with (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_enabled = false);
alter table app.customers drop column dropped;
alter table app.customers alter picture set storage external;
alter table app.customers alter name set statistics 500;
alter table app.customers alter name set (n_distinct = -0.5, n_distinct_inherited = 3);
alter table app.customers add constraint customers_email unique (email) deferrable initially deferred;
alter table app.customers add constraint unproven check (length(name) > 1) not valid;
create index customers_lower on app.customers (lower(name) collate "C" desc nulls last, score) where mood = 'happy';
create index customers_prefs on app.customers using gin (prefs jsonb_path_ops) with (fastupdate = off);
create index customers_brin on app.customers using brin (id) with (pages_per_range = 4);
create index "customers Brin" on app.customers (id);
create index on app.customers using hash (name);
create unique index on app.customers (name text_pattern_ops) include (ticket);
create index customers_expr on app.customers ((id + 1), (ticket * 2));
alter index app.customers_expr alter column 1 set statistics 250;
comment on index app.customers_lower is 'an index';
comment on table app.customers is E'a table\nof two lines';
comment on column app.customers.full_name is 'computed';
comment on constraint "named check" on app.customers is 'a check';
alter table app.customers cluster on "customers Brin";

create table app.orders (
  id serial primary key,
  customer bigint references app.customers on delete cascade on update set null deferrable,
  parent int,
  placed timestamptz default now() not null
);
alter table app.orders add constraint self foreign key (parent) references app.orders initially deferred deferrable;
alter table app.orders add constraint unchecked foreign key (customer) references app.customers not valid;
comment on constraint self on app.orders is 'points at itself';
alter table app.orders replica identity full;
comment on sequence app.orders_id_seq is 'owned';
alter sequence app.orders_id_seq owned by app.orders.id increment 7;

create table app.a (id int primary key, b int);
create table app.b (id int primary key, a int references app.a);
alter table app.a add foreign key (b) references app.b;
create unique index a_b on app.a (b);
alter table app.a alter b set not null;
alter table app.a replica identity using index a_b;

create table app.rooms (room int, during tsrange, n int,
  constraint no_overlap exclude using gist (during with &&) with (fillfactor = 60) where (room > 0) deferrable);

create unlogged table app.scratch (x int, y text);
create table app.empty ();
create table app.typed of app.place (street with options not null default 'x', primary key (number));

create table app.animal (id int primary key, name text not null default 'rex', legs int default 4 check (legs >= 0));
create table app.dog (breed text, name text default 'fido') inherits (app.animal);
alter table app.dog alter legs drop default;
alter table app.dog alter id set default 9;
create table app.puppy (age int not null, check (age < 2) no inherit) inherits (app.dog);
create table app.kennel (id int, member app.animal, members app.dog[]);

create table app.events (day date not null, id int not null, note text default 'n', check (id > 0))
  partition by range (day, id);
create table app.events_2024 partition of app.events for values from ('2024-01-01', minvalue) to ('2025-01-01', minvalue);
create table app.events_rest partition of app.events default;
create table app.events_2025 (note text, id int not null check (id > 0), extra int, day date not null) partition by list (id);
alter table app.events_2025 drop column extra;
alter table app.events_2025 add constraint events_id_check check (id > 0);
alter table app.events attach partition app.events_2025 for values from ('2025-01-01', minvalue) to ('2026-01-01', minvalue);
create table app.events_2025_a partition of app.events_2025 (note default 'sub') for values in (1, 2, null);
create table app.events_2025_b partition of app.events_2025 default with (fillfactor = 50);
alter table app.events add primary key (day, id);
create index events_note on app.events (note);
create index events_2025_only on app.events_2025 (note, id);
create index on only app.events (id);
create table app.visits (day date, id int, foreign key (day, id) references app.events);
create table app.by_mood (mood app.mood, n int) partition by hash (mood);
create table app.by_mood_0 partition of app.by_mood for values with (modulus 2, remainder 0);
create table app.by_mood_1 partition of app.by_mood for values with (modulus 2, remainder 1);
create table app.by_visit (id int references app.orders, name text) partition by list ((lower(name)));
create table app.by_visit_x partition of app.by_visit for values in ('x', 'y');

create table "Odd ""schema"". 🦆"."ta.ble ""q"" 🦆" (
  "col.umn" int primary key, "select" text default 'it''s \n "x"', "naïve 名前" serial,
  constraint "ch'eck" check ("select" <> '{d}' and "select" <> '?'));
create index "index.of ""q""" on "Odd ""schema"". 🦆"."ta.ble ""q"" 🦆" ("select");
create table public.a123456789012345678901234567890123456789012345678901234567890x2
  (b123456789012345678901234567890123456789012345678901234567890x2 serial unique);
create table public.plain (id bigint primary key, v numeric, vs numeric[], r int4range, t tsvector, x xml, u uuid);
