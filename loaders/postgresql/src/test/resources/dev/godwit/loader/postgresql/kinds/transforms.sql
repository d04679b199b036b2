create schema app;
create type app.pair as (a int, b int);
create language mine handler plpgsql_call_handler inline plpgsql_inline_handler validator plpgsql_validator;
comment on language mine is 'a language of users';
create transform for app.pair language mine (from sql with function prsd_lextype(internal));
create transform for int language mine (
  from sql with function prsd_lextype(internal), to sql with function int4recv(internal));
comment on transform for app.pair language mine is 'how a pair is handed over';
create function app.sum(app.pair) returns int transform for type app.pair language mine
  as 'begin return 1; end';
