do $$ begin
  execute format('revoke connect, temporary on database %I from public', current_database());
  execute format('grant connect on database %I to reader with grant option', current_database());
  execute format('grant create, temporary on database %I to "Odd role"', current_database());
  set role reader;
  execute format('grant connect on database %I to writer', current_database());
  reset role;
end $$;
