create extension citext;
create table t (id int generated always as identity, "Odd col" text);
create view v as select 1 as x;
create function f(int) returns int language sql as 'select $1';
create type mood as enum ('x');
select lo_create(70001);
set allow_system_table_mods = on;
insert into pg_seclabel (objoid, classoid, objsubid, provider, label) values
  ('t'::regclass, 'pg_class'::regclass, 0, 'selinux', 'system_u:object_r:sepgsql_table_t:s0'),
  ('t'::regclass, 'pg_class'::regclass, 0, 'Other', 'it''s'),
  ('t'::regclass, 'pg_class'::regclass, 2, 'selinux', 'col'),
  ('t_id_seq'::regclass, 'pg_class'::regclass, 0, 'selinux', 'identity'),
  ('v'::regclass, 'pg_class'::regclass, 0, 'selinux', 'view'),
  ('f(int)'::regprocedure, 'pg_proc'::regclass, 0, 'selinux', 'function'),
  ('citext_eq(citext, citext)'::regprocedure, 'pg_proc'::regclass, 0, 'selinux', 'brought'),
  ('mood'::regtype, 'pg_type'::regclass, 0, 'selinux', 'type'),
  ('public'::regnamespace, 'pg_namespace'::regclass, 0, 'selinux', 'schema'),
  (70001, 'pg_largeobject'::regclass, 0, 'selinux', 'large object');
insert into pg_shseclabel (objoid, classoid, provider, label)
  select oid, 'pg_database'::regclass, 'selinux', 'database' from pg_database
  where datname = current_database();
