create table config (id serial primary key, word text, own boolean not null default true);
insert into config (word, own) values ('of the extension', false);
create table detail (config int references config, note text);
create table plain (a int);
select pg_extension_config_dump('config', 'WHERE own');
select pg_extension_config_dump('config_id_seq', '');
select pg_extension_config_dump('detail', '');
