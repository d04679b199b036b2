create schema app;
create schema "Mixed Case ""quoted"" . 🐦";
comment on schema app is 'it''s ours';
comment on schema public is 'changed';
