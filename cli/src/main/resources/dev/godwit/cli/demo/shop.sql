create type order_state as enum ('placed', 'paid', 'shipped', 'returned');

create table customers (
  id integer generated always as identity primary key,
  name text not null,
  email text not null unique,
  born date,
  preferences jsonb not null default '{}',
  joined timestamptz not null
);

create table products (
  id integer generated always as identity primary key,
  name text not null,
  price numeric(10, 2) not null check (price > 0),
  picture bytea
);

create table orders (
  id bigint generated always as identity primary key,
  customer_id integer not null,
  state order_state not null,
  placed timestamptz not null,
  note text
);

create table items (
  order_id bigint not null,
  line smallint not null,
  product_id integer not null,
  quantity integer not null,
  price numeric(10, 2) not null,
  primary key (order_id, line)
);

comment on table orders is 'One row for each order, whatever became of it';

select setseed(0.42);

insert into customers (name, email, born, preferences, joined)
select
  (array['Ada', 'Grace', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Tony', 'Radia'])[1 + n % 8]
    || ' ' || initcap(substr(md5(n::text), 1, 9)),
  'customer' || n || '@example.org',
  case when n % 10 > 0 then date '1950-01-01' + (random() * 20000)::integer end,
  jsonb_build_object('newsletter', n % 3 = 0, 'language', (array['en', 'de', 'fr'])[1 + n % 3],
    'sizes', jsonb_build_array(36 + n % 10, 'M')),
  timestamptz '2020-01-01 00:00+00' + n * interval '1 hour'
from generate_series(1, 20000) n;

insert into products (name, price, picture)
select
  'Product ' || n,
  (1 + random() * 300)::numeric(10, 2),
  decode((select string_agg(md5(n || '-' || m), '') from generate_series(1, 1200) m), 'hex')
from generate_series(1, 300) n;

insert into orders (customer_id, state, placed, note)
select
  1 + (random() * 19999)::integer,
  (array['placed', 'paid', 'shipped', 'returned'])[1 + (random() * 3)::integer]::order_state,
  timestamptz '2022-01-01 00:00+00' + n * interval '13 minutes',
  case when n % 7 = 0 then 'Please ring twice, ' || md5(n::text) end
from generate_series(1, 120000) n;

insert into items (order_id, line, product_id, quantity, price)
select o, line, 1 + (random() * 299)::integer, 1 + (random() * 4)::integer,
  (1 + random() * 300)::numeric(10, 2)
from generate_series(1, 120000) o, generate_series(1, 3) line
where line <= 1 + o % 3;

alter table orders add foreign key (customer_id) references customers;
alter table items add foreign key (order_id) references orders;
alter table items add foreign key (product_id) references products;
create index orders_customer on orders (customer_id);
create index orders_open on orders (placed) where state = 'placed';
analyze;
