revoke all on schema public from public; comment on schema public is null;
