create table kept (id int primary key using index tablespace godwit_fast, a int,
  exclude using btree (a with =) using index tablespace "godwit Odd" where (a > 5))
  tablespace godwit_fast;
create index on kept (a) tablespace godwit_fast where a > 0;
create index elsewhere on kept (a);
create table parted (id int) partition by range (id) tablespace godwit_fast;
create table part partition of parted for values from (0) to (9);
create table plain partition of parted for values from (10) to (19) tablespace pg_default;
create index on parted (id) tablespace "godwit Odd";
create materialized view m tablespace godwit_fast as select 1 as x;
create unique index on m (x) tablespace "godwit Odd";
insert into kept values (1, 1), (2, 7);
insert into parted values (1), (11);
