create schema app;
create table app.log (day date not null, kind text, n int, primary key (day, n, kind)) partition by range (day);
create index log_kind on app.log (kind);
create table app.log_2024 partition of app.log for values from ('2024-01-01') to ('2025-01-01');
create table app.log_2025 partition of app.log for values from ('2025-01-01') to ('2026-01-01')
  partition by list (kind);
create table app.log_2025_a partition of app.log_2025 for values in ('a', 'b');
create table app.odd (n int not null, kind text not null default 'own', day date not null);
alter table app.log_2025 attach partition app.odd default;
create table app.rest partition of app.log default;
create table app.h (a int, b text) partition by hash (a, b);
create table app.h0 partition of app.h for values with (modulus 2, remainder 0);
create table app.h1 partition of app.h for values with (modulus 2, remainder 1) with (fillfactor = 50);
create function app.f() returns trigger language plpgsql as 'begin return new; end';
create trigger tr before insert on app.log for each row execute function app.f();
alter table app.log_2024 disable trigger tr;
create table app.refers (d date, n int, k text, foreign key (d, n, k) references app.log);
insert into app.log values ('2024-05-05', 'x', 1), ('2025-05-05', 'a', 2), ('2025-06-06', 'z', 3);
insert into app.refers values ('2024-05-05', 1, 'x');
-- pg_dump writes "default null" of a part of a part where the one between is older and says nothing.
create table app.deep (n int not null, word text default 'root') partition by range (n);
do $$ begin
  for i in 0..7 loop
    execute format('create table app.deep_%s (n int not null, word text) partition by list (n)', i);
    execute format('alter table app.deep attach partition app.deep_%s for values from (%s) to (%s)', i, i * 10, i * 10 + 10);
    for j in 0..3 loop
      execute format('create table app.deep_%s_%s (n int not null, word text)', i, j);
      execute format('alter table app.deep_%s attach partition app.deep_%s_%s for values in (%s)', i, i, j, i * 10 + j);
    end loop;
  end loop;
end $$;
