alter schema public owner to writer; grant create on schema public to reader; comment on schema public is 'other';
