create schema app;
create foreign data wrapper w;
create server s foreign data wrapper w;
create user mapping for public server s options (user 'u', password 'top secret', token 'top secret too');
create subscription sub connection 'host=127.0.0.1 port=1 dbname=x password=''top secret''' publication a, "B"
  with (connect = false, slot_name = 'slot', binary = true, streaming = true);
