create table papers (id int primary key, body oid);
select lo_from_bytea(70001, 'one');
select lo_from_bytea(70002, convert_to(repeat('0123456789abcdef', 1000), 'UTF8'));
select lo_create(70003);
-- a hole of a gigabyte, and one at the end
select lo_create(70004);
select lo_put(70004, 1073741824 + 100, 'far away');
select lo_create(4294967290);
select lo_put(4294967290, 0, 'short');
select lo_truncate64(lo_open(4294967290, 131072), 2048 * 1000);
select lo_create(70005);
select lo_truncate64(lo_open(70005, 131072), 2048 * 3);
select lo_put(70005, 2048 * 5, '\x0001fe');
-- one that no row names
select lo_from_bytea(70006, decode(repeat('00', 5000), 'hex'));
select lo_create(n::oid) from generate_series(80001, 82300) n;
insert into papers values (1, 70001), (2, 70002);
alter large object 70001 owner to reader;
alter large object 70002 owner to "Odd role";
grant select on large object 70001 to writer with grant option;
grant select, update on large object 70002, 70003, 70004 to writer, public;
set role "Odd role"; grant update on large object 70002 to reader; reset role;
revoke update on large object 70003 from postgres;
comment on large object 70001 is 'it''s the first $do$';
comment on large object 82300 is 'the last';
