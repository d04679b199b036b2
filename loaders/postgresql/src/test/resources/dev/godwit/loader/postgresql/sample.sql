create schema shop;
create type shop.mood as enum ('sad', 'happy');
create sequence shop.tickets start 40 increment 3;
select nextval('shop.tickets');
create table shop.customers (
  id bigint generated always as identity primary key,
  name text not null unique,
  mood shop.mood,
  shout text generated always as (upper(name)) stored);
insert into shop.customers (name, mood)
  select 'customer ' || i, case when i % 2 = 0 then 'sad'::shop.mood end from generate_series(1, 300) i;
create table shop.orders (
  id serial primary key,
  customer bigint not null references shop.customers,
  ticket bigint default nextval('shop.tickets'),
  placed timestamptz, price numeric, tags text[]);
insert into shop.orders (customer, placed, price, tags)
  select i % 300 + 1, timestamptz '2026-01-01' + i * interval '1 hour',
    case when i = 7 then 'NaN' else i / 7.0 end, array['a', null, i::text]
  from generate_series(1, 5000) i;
create index orders_placed on shop.orders (placed desc);
create index orders_customer on shop.orders (customer) where price > 10;
comment on table shop.orders is 'what was ordered';
create table shop.pictures (id int primary key, bytes bytea);
alter table shop.pictures alter bytes set storage external;
insert into shop.pictures values (1, null), (2, decode(repeat('00ff17', 3000000), 'hex')), (3, '\x');
create table shop.by_mood (mood shop.mood, n int) partition by list (mood);
create table shop.by_mood_0 partition of shop.by_mood for values in ('sad');
create table shop.by_mood_1 partition of shop.by_mood for values in ('happy');
insert into shop.by_mood select case when i % 3 = 0 then 'sad'::shop.mood else 'happy' end, i from generate_series(1, 100) i;
create table shop.empty (id int);
