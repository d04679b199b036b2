package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.schema.SchemaObjects;
import dev.godwit.testkit.server.PostgresServer;
import dev.godwit.testkit.server.Relay;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/** The definitions of very many tables take no query for each of them. */
class TenThousandTablesTest {
  private static final int TABLES = 10_000;

  @Test
  void areDefinedManyAtATime() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String source = server.createDatabase();
    for (int from = 0; from < TABLES; from += 500) {
      StringBuilder sql = new StringBuilder();
      for (int i = from; i < from + 500; i++) {
        sql.append("create table t%1$d (id serial primary key, v text default 'x');".formatted(i))
            .append("create view v%1$d as select * from t%1$d;".formatted(i));
      }
      server.execute(source, sql.toString());
    }
    try (Relay relay = new Relay(server.port());
        Connection connection = Databases.plain(relay, source)) {
      connection.setAutoCommit(false);
      SchemaObjects objects =
          new SchemaObjects(connection, source, Databases.tables(connection, source), true);
      assertThat(objects.objects().filter(o -> o.kind().equals("table"))).hasSize(TABLES);
      assertThat(objects.notCarried()).isEmpty();
      // 1640 when this was written, for tables and views together.
      assertThat(relay.questions()).isLessThan(TABLES / 4);
    }
  }
}
