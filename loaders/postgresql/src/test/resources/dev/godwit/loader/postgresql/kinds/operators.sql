create schema app;
create function app.same(int, text) returns boolean language sql immutable as 'select $1::text = $2';
create function app.same(text, int) returns boolean language sql immutable as 'select $1 = $2::text';
create operator app.=== (function = app.same, leftarg = int, rightarg = text, commutator = operator(app.===),
  restrict = eqsel, join = eqjoinsel, hashes, merges);
create operator app.=== (function = app.same, leftarg = text, rightarg = int, commutator = operator(app.===));
create operator app.!! (function = numeric_uminus, rightarg = numeric);
create function app.less(int, int) returns boolean language sql immutable as 'select $1 > $2';
create operator app.<<< (function = app.less, leftarg = int, rightarg = int, negator = operator(app.>>>=));
create function app.not_less(int, int) returns boolean language sql immutable as 'select $1 <= $2';
create operator app.>>>= (function = app.not_less, leftarg = int, rightarg = int, negator = operator(app.<<<));
create function app.compare(int, int) returns int language sql immutable as 'select btint4cmp($2, $1)';
create operator family app.backwards using btree;
create operator class app.backwards for type int using btree family app.backwards as
  operator 1 app.<<<, operator 3 =, function 1 app.compare(int, int);
alter operator family app.backwards using btree add function 1 (int, int8) btint48cmp(int, int8);
create operator class app.arrays for type int[] using gin as operator 1 &&(anyarray, anyarray),
  function 2 ginarrayextract(anyarray, internal, internal), function 3 ginqueryarrayextract(anyarray, internal, int2, internal, internal, internal, internal),
  function 4 ginarrayconsistent(internal, int2, anyarray, int4, internal, internal, internal, internal), storage int;
create type app.money as (cents int);
create function app.to_money(int) returns app.money language sql immutable as 'select row($1)::app.money';
create cast (int as app.money) with function app.to_money(int) as assignment;
create cast (app.money as text) with inout as implicit;
create table app.t (a int, b int[]);
create index ordered on app.t (a app.backwards);
create index contained on app.t using gin (b app.arrays);
comment on operator app.=== (int, text) is 'same';
comment on operator app.!! (none, numeric) is 'minus';
comment on operator class app.backwards using btree is 'backwards';
comment on operator family app.backwards using btree is 'family';
comment on cast (int as app.money) is 'cents';
