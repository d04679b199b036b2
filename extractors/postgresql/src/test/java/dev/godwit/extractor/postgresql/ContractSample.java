package dev.godwit.extractor.postgresql;

import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.testkit.contract.ExtractorSample;
import dev.godwit.testkit.server.PostgresServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The database that the contract tests read, made once for each test JVM. */
final class ContractSample {
  private static ExtractorSample made;

  private ContractSample() {}

  static synchronized ExtractorSample sample() {
    if (made == null) {
      made = make(PostgresServer.shared());
    }
    return made;
  }

  private static ExtractorSample make(PostgresServer server) {
    String database = server.createDatabase();
    server.execute(
        database,
        "create type mood as enum ('sad', 'happy');"
            + " create table orders (id int primary key, price numeric(12,2), placed timestamptz,"
            + "  free numeric, how mood, tags text[], note text);"
            + " insert into orders select i, i * 1.25, timestamptz '2024-02-29 12:00Z'"
            + "  + make_interval(mins => i), i / 7.0, 'happy', array['a', i::text],"
            + "  case when i % 3 > 0 then md5(i::text) end from generate_series(1, 20000) i;"
            + " update orders set placed = 'infinity', free = 'NaN' where id % 5000 = 0;"
            + " create table sparse (id int primary key, pad text);"
            + " alter table sparse alter pad set storage plain;"
            + " insert into sparse select i, repeat('x', 7000) from generate_series(1, 9000) i;"
            + " delete from sparse where id % 100 <> 0;"
            + " create table pictures (id int primary key, body bytea);"
            + " alter table pictures alter body set storage external;"
            + " insert into pictures select i,"
            + "  convert_to(repeat(i::text, 5000000 * (i % 3)), 'UTF8') from generate_series(1, 4) i;"
            + " create table empty (id int)");
    return new ExtractorSample(
        server.uri(database),
        PasswordSource.NONE,
        Map.of(
            name(database, "orders"), 20_000L,
            name(database, "sparse"), 90L,
            name(database, "pictures"), 4L,
            name(database, "empty"), 0L),
        Optional.of(
            new ExtractorSample.Condition(name(database, "orders"), "id between 10 and 19", 10)),
        List.of(
            "postgresql://postgres@127.0.0.1:1/" + database,
            server.uri("no_such_database"),
            server.uri(database).replaceFirst("//[^@]*@", "//no_such_user@")));
  }

  private static DatasetName name(String database, String table) {
    return DatasetName.of(database, "public", table);
  }
}
