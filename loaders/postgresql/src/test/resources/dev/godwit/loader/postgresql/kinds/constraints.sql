create schema app;
create table app.a (id int primary key, u text, v int, w int constraint positive check (w > 0),
  constraint late unique (u) deferrable initially deferred, constraint "with" unique (v) include (w));
create table app.b (id int, a_id int references app.a on delete cascade on update set null
  deferrable initially deferred, u text, self int);
alter table app.b add constraint old foreign key (id) references app.a not valid;
alter table app.b add constraint b_key primary key (id);
alter table app.b add foreign key (self) references app.b match full;

create table app.booking (room int, during tsrange, exclude using gist (during with &&) where (room > 0));
create unique index part on app.a (lower(u) text_pattern_ops desc nulls last) where v is not null;
create index hashed on app.a using hash (u);
create index brin on app.a using brin (v) with (pages_per_range = 8);
create index expr on app.a ((v + w), (u || 'x'));
alter index app.expr alter column 2 set statistics 77;
alter table app.b replica identity using index b_key;
comment on constraint old on app.b is 'old one';
comment on index app.hashed is 'hashed';
insert into app.a values (1, 'x', 2, 3);
insert into app.b values (1, 1, 'abc', 1);
set constraints all immediate;
alter table app.b add constraint later check (length(u) < 2) not valid;
create table app.base (id int not null, v text not null);
create table app.heir () inherits (app.base);
alter table app.heir add primary key (id);
create table app.heir_too (primary key (v)) inherits (app.base);
insert into app.heir values (1, 'x');
insert into app.heir_too values (2, 'y');
