package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.schema.SchemaObjects;
import dev.godwit.testkit.sample.RichDatabase;
import dev.godwit.testkit.server.PostgresServer;
import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a database holds and no definition carries is counted. */
class NotCarriedTest {
  private final PostgresServer server = PostgresServer.shared();

  private Map<String, Long> counted(String sql) throws Exception {
    String database = server.createDatabase();
    server.execute(database, sql);
    try (Connection connection = Databases.plain(server, database)) {
      return new SchemaObjects(connection, database, Databases.tables(connection, database), true)
          .notCarried();
    }
  }

  @Test
  void nothingOfWhatIsCarried() throws Exception {
    assertThat(counted(RichDatabase.definitions(14))).isEmpty();
  }

  @Test
  void byKind() throws Exception {
    assertThat(
            counted(
                """
                create extension citext;
                create table t (a int, b int);
                create view v as select * from t;
                create materialized view m as select * from t;
                create function f() returns trigger language plpgsql as 'begin return new; end';
                create function g() returns int language sql as 'select 1';
                create procedure p() language sql as '';
                create aggregate agg (int) (sfunc = int4pl, stype = int);
                create trigger tr before insert on t for each row execute function f();
                create rule r as on delete to t do instead nothing;
                create policy pol on t;
                alter table t enable row level security;
                create statistics s on a, b from t;
                grant select on t to public;
                grant select (a) on t to public;
                create collation c (provider = icu, locale = 'de');
                create publication pub;
                create foreign data wrapper w;
                create server sv foreign data wrapper w;
                create foreign table ft (a int) server sv;
                select lo_create(0);
                create index broken on t (a);
                update pg_index set indisvalid = false where indexrelid = 'broken'::regclass;
                grant execute on function citext_eq(citext, citext) to public;
                create text search configuration ts (copy = simple);
                alter default privileges grant select on tables to public;
                create user mapping for public server sv options (user 'u', password 'hidden');
                create subscription sub connection 'dbname=x password=hidden' publication p
                  with (connect = false);
                """))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "invalid indexes", 1L,
                "options of user mappings", 1L,
                "connections of subscriptions", 1L));
  }
}
