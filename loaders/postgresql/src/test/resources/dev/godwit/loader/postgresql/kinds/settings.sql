create schema app;
do $$ begin
  execute format('alter database %I set work_mem to ''7MB''', current_database());
  execute format('alter database %I set search_path to app, "$user", "Odd schema"', current_database());
  execute format('alter database %I set my.custom to ''it''''s 100%%''', current_database());
  execute format('alter role reader in database %I set statement_timeout to ''5s''', current_database());
  execute format('comment on database %I is ''a database''', current_database());
end $$;
