set session_replication_role = replica;
insert into app.customers (name, email, mood, home, score, during, picture, prefs)
  select 'customer ' || i, i || '@x.org', (enum_range(null::app.mood))[i % 4 + 1],
    row('street ' || i, i, array['sad', null]::app.mood[])::app.place, i / 3.0, app.span(i, i + 1),
    decode(repeat('00ff', i), 'hex'), case when i % 2 = 0 then '{"a": 1}'::jsonb end
  from generate_series(1, 200) i;
insert into app.orders (customer, parent, placed)
  select 100 + 5 * (i % 200), null, timestamptz '2026-02-03 04:05:06.789' + i * interval '1 day'
  from generate_series(1, 300) i;
update app.orders set parent = id;
insert into app.a values (1, 1), (2, 2);
insert into app.b values (1, 1), (2, 2);
set session_replication_role = origin;
insert into app.rooms values (1, '[2026-01-01,2026-01-02)', 1), (2, '[2026-01-02,2026-01-03)', 2);
insert into app.scratch values (1, E'tab\tnew\nline\\back'), (null, null);
insert into app.empty default values;
insert into app.empty default values;
insert into app.typed values ('main', 7, '{happy}');
insert into app.animal values (1, 'cat', 4);
insert into app.dog values (2, 'rex', 4, 'pug');
insert into app.puppy values (3, 'bo', 3, 'lab', 1);
insert into app.kennel values (1, row(1, 'cat', 4)::app.animal, array[row(2, 'rex', 4, 'pug')::app.dog]);
insert into app.events values ('2024-05-05', 1, 'a'), ('2025-05-05', 1, 'b'), ('2025-05-06', 9, 'c'), ('2030-01-01', 3, 'd');
insert into app.visits values ('2025-05-05', 1), ('2030-01-01', 3);
insert into app.by_mood select (enum_range(null::app.mood))[i % 4 + 1], i from generate_series(1, 40) i;
insert into app.by_visit values (1, 'X'), (8, 'y');
insert into "Odd ""schema"". 🦆"."ta.ble ""q"" 🦆" values (1), (2);
insert into public.plain values
  (1, 'NaN', '{1.50,NaN,-0}', '[1,5)', 'a:1 b:2', '<a/>', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'),
  (2, 'infinity', '[0:1]={1,2}', 'empty', '', null, null);
