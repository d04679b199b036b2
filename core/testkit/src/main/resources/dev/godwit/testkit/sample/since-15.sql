create unlogged sequence app.forgotten;
create table app.one_null (x int, unique nulls not distinct (x));
create unique index one_null_too on app.one_null ((x + 1)) nulls not distinct;
