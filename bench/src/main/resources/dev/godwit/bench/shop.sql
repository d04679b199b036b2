-- The shop at size :size. At 100: 300,000 customers, 2 million orders, 6 million items, 3,000
-- pictures of 19 KB; 8.3 million rows, about 700 MB.
create table customers (
  id bigint primary key, name text not null, email text not null, city text,
  joined timestamptz not null, preferences jsonb not null);
create table orders (
  id bigint primary key, customer_id bigint not null, placed timestamptz not null,
  status text not null, total numeric(12,2) not null, note text);
create table items (
  order_id bigint not null, line int not null, product_id int not null, quantity int not null,
  price numeric(10,2) not null, primary key (order_id, line));
create table pictures (
  product_id int primary key, taken timestamp not null, media_type text not null,
  picture bytea not null);
-- Values look random, as those of a real shop do, and are the same each time: hashes of the row's
-- number, with another seed for each column.
create function pick(n bigint, seed bigint, among bigint) returns bigint language sql immutable parallel safe
  return (hashint8extended(n, seed) & 9223372036854775807) % among;
insert into customers
  select i, initcap(left(md5(i::text), 6)) || ' ' || initcap(left(md5((i * 7)::text), 9)),
         left(md5((i * 3)::text), 10) || '@example.com',
         (array['Aarhus','Bergen','Cork','Dakar','Evora','Fes','Ghent','Hilo'])[1 + pick(i, 1, 8)],
         timestamptz '2019-01-01 00:00+00' + i * interval '631 seconds' + pick(i, 2, 600000) * interval '1 ms',
         jsonb_build_object('newsletter', pick(i, 3, 3) = 0,
                            'language', (array['en','de','fr','pt'])[1 + pick(i, 4, 4)],
                            'sizes', jsonb_build_array(pick(i, 5, 50), pick(i, 6, 50)))
  from generate_series(1, 3000 * :size) i;
insert into orders
  select i, 1 + pick(i, 7, 3000 * :size),
         timestamptz '2020-01-01 00:00+00' + i * interval '83 seconds' + pick(i, 8, 80000) * interval '1 ms',
         (array['paid','sent','done','back'])[1 + pick(i, 9, 4)], pick(i, 10, 500000) / 100.0,
         case when pick(i, 11, 4) = 0 then 'leave at the door, code ' || left(md5(i::text), 12) end
  from generate_series(1, 20000 * :size) i;
insert into items
  select o, l, 1 + pick(o * 3 + l, 12, 30000), 1 + pick(o * 3 + l, 13, 5), pick(o * 3 + l, 14, 100000) / 100.0
  from generate_series(1, 20000 * :size) o, generate_series(1, 3) l;
insert into pictures
  select i, timestamp '2024-01-01' + i * interval '1 hour', 'image/jpeg',
         (select string_agg(sha256((i || ':' || j)::text::bytea), '' order by j) from generate_series(1, 608) j)
  from generate_series(1, 30 * :size) i;
create index orders_customer on orders (customer_id);
create index orders_placed on orders (placed);
create index items_product on items (product_id);
alter table orders add foreign key (customer_id) references customers;
alter table items add foreign key (order_id) references orders;
vacuum (freeze, analyze) customers;
vacuum (freeze, analyze) orders;
vacuum (freeze, analyze) items;
vacuum (freeze, analyze) pictures;
