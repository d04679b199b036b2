package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.schema.SchemaObjects;
import dev.godwit.testkit.server.PostgresServer;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The definitions of very many tables take no query for each of them. */
class TenThousandTablesTest {
  private static final int TABLES = 10_000;

  @Test
  void areDefinedWithinTwoMinutes() throws Exception {
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
    long begun = System.nanoTime();
    try (Connection connection = Databases.plain(server, source)) {
      connection.setAutoCommit(false);
      SchemaObjects objects =
          new SchemaObjects(connection, source, Databases.tables(connection, source), true);
      assertThat(objects.objects().filter(o -> o.kind().equals("table"))).hasSize(TABLES);
      assertThat(objects.notCarried()).isEmpty();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(2));
    System.err.println("10,000 tables and views: " + Duration.ofNanos(System.nanoTime() - begun));
  }
}
