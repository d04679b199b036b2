create schema app;
create table app.t (a int primary key, b text);
create table app.u (a int primary key);
create publication all_of_it for all tables with (publish = 'insert, truncate');
create publication "Some" for table only app.t (a, b) where (a > 5), app.u with (publish_via_partition_root);
create publication empty;
create publication of_schema for tables in schema app;
comment on publication empty is 'none';
