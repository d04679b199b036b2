create schema words;
create extension godwit_words;
insert into words.config (word) values ('mine'), ('mine too');
-- more than its parent has, so that it comes first
insert into words.detail select 2 + n % 2, repeat('x', 100) from generate_series(1, 500) n;
insert into words.plain values (1);
select setval('words.config_id_seq', 1000);
revoke grant option for update on sequence words.given from pg_signal_backend;
revoke select on sequence words.given from pg_signal_backend;
grant execute on function words.told() to pg_signal_backend with grant option;
