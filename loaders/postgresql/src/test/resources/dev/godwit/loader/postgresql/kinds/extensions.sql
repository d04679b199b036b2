create schema ext;
create extension citext schema ext;
create extension btree_gist;
comment on extension citext is 'mine now';
create table t (id int primary key, name ext.citext default 'X'::ext.citext, during int4range,
  exclude using gist (id with =, during with &&));
create function ext.lower_all(a ext.citext) returns ext.citext language sql immutable
  as 'select lower(a::text)::ext.citext';
create index on t (ext.lower_all(name));
insert into t values (1, 'a', '[1,2)');
create function ext.tell() returns trigger language plpgsql as 'begin return new; end';
create trigger told before insert on t for each row execute function ext.tell();
create procedure ext.do_it() language sql as 'select 1';
create materialized view seen as select id from t;
create unique index seen_id on seen (id);
create table parted (id int primary key) partition by range (id);
create table part partition of parted for values from (0) to (9);
alter function ext.lower_all(ext.citext) depends on extension citext;
alter function ext.lower_all(ext.citext) depends on extension btree_gist;
alter procedure ext.do_it() depends on extension plpgsql;
alter trigger told on t depends on extension btree_gist;
alter materialized view seen depends on extension citext;
alter index seen_id depends on extension citext;
alter index t_pkey depends on extension btree_gist;
alter index t_lower_all_idx depends on extension citext;
alter index parted_pkey depends on extension citext;
