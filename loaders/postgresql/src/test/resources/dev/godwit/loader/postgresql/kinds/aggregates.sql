create schema app;
create function app.sum_state(numeric, int) returns numeric language sql immutable as 'select $1 + $2';
create function app.sum_back(numeric, int) returns numeric language sql immutable as 'select $1 - $2';
create function app.final(numeric) returns text language sql immutable as 'select $1::text';
create aggregate app.total (int) (sfunc = app.sum_state, stype = numeric, initcond = '0',
  finalfunc = app.final, parallel = safe, combinefunc = numeric_add, msfunc = app.sum_state,
  minvfunc = app.sum_back, mstype = numeric, minitcond = '0', mfinalfunc = app.final, sspace = 64);
create aggregate app.everything (*) (sfunc = int8inc, stype = int8, initcond = '0');
create aggregate app.greatest (int) (sfunc = int4larger, stype = int, sortop = >);
create aggregate app.middle (float8 order by anyelement) (sfunc = ordered_set_transition,
  stype = internal, finalfunc = percentile_disc_final, finalfunc_extra);
create aggregate app.place (variadic "any" order by variadic "any") (sfunc = ordered_set_transition_multi,
  stype = internal, finalfunc = rank_final, finalfunc_extra, hypothetical);
comment on aggregate app.everything (*) is 'counts';
comment on aggregate app.middle (float8 order by anyelement) is 'in the middle';
