create extension btree_gist;
create table app.virtual (
  a int constraint "a is there" not null no inherit, b int generated always as (a * 2),
  c int not null, d int constraint later check (d > 0) not enforced);
create table app.virtual_child (c int constraint own_name not null, e int) inherits (app.virtual);
alter table app.virtual add constraint d_is_there not null d not valid;
create table app.stays (room int4range, during daterange, primary key (room, during without overlaps));
create table app.visit (room int4range, during daterange,
  foreign key (room, period during) references app.stays (room, period during));
create table app.numbered (id int generated always as identity, k int) partition by list (k);
create table app.numbered_1 partition of app.numbered for values in (1);
create table app.loose (id int references app.a not enforced);
