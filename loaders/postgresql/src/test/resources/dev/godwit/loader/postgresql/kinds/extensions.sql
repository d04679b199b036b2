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
