package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Foreign keys between large tables are checked by indexes alone. */
class VisiblePagesTest {
  private static final String MARKED =
      "select string_agg(relname, ' ' order by relname) from pg_class"
          + " where relkind = 'r' and relnamespace = 'public'::regnamespace"
          + " and relallvisible >= 0.9 * relpages and relpages > 0";
  private static final String CHECKED =
      "select count(*) from pg_constraint where contype = 'f' and convalidated";

  private final PostgresServer server = PostgresServer.shared();
  private final String source = server.createDatabase();
  private final String target = server.createDatabase();

  private void shop() {
    server.execute(
        source,
        """
        set synchronous_commit = on;
        create table people (id int primary key);
        create table orders (id int, person int references people, other int references people);
        create index on orders (person, id);
        create table few (person int references people);
        insert into people select generate_series(1, 120000);
        insert into orders select i, i, i from generate_series(1, 120000) i;
        create index on few (person);
        insert into few select generate_series(1, 1000);
        analyze;
        """);
  }

  @AfterEach
  void drop() {
    server.execute("postgres", "drop database " + source + " with (force)");
    server.execute("postgres", "drop database " + target + " with (force)");
  }

  private String ask(String sql) throws Exception {
    return Databases.ask(server, target, sql);
  }

  @Test
  void tablesOfLargeKeysAreMarkedAndNoOthers() throws Exception {
    shop();
    try (Restore restore = new Restore(server.uri(source), server.uri(target))) {
      restore.all();
    }
    assertThat(ask(MARKED)).isEqualTo("orders people");
    assertThat(ask(CHECKED)).isEqualTo("3");
  }

  /** Who looks at an older state keeps pages from being marked, and nothing from being loaded. */
  @Test
  void whereTheyCannotBeMarkedKeysAreCheckedAsEver() throws Exception {
    shop();
    try (Connection older = server.connect(target);
        Statement statement = older.createStatement()) {
      older.setAutoCommit(false);
      older.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.execute("select count(*) from pg_class");
      try (Restore restore = new Restore(server.uri(source), server.uri(target))) {
        restore.all();
      }
    }
    assertThat(ask("select sum(relallvisible) from pg_class where relname in ('orders', 'people')"))
        .isEqualTo("0");
    assertThat(ask(CHECKED)).isEqualTo("3");
  }

  @Test
  void aRowThatPointsAtNothingIsFound() throws Exception {
    shop();
    server.execute(
        source,
        "set session_replication_role = replica; update orders set person = 0 where id = 70000;"
            + " analyze");
    try (Restore restore = new Restore(server.uri(source), server.uri(target));
        LoadRun load = restore.loader.begin(restore.plan())) {
      restore.data(load);
      assertThatThrownBy(() -> restore.finish(load))
          .isInstanceOf(GodwitException.class)
          .hasMessageContaining("orders_person_fkey")
          .hasMessageContaining("(person)=(0)");
    }
  }

  @Test
  void aCheckGoesByIndexesWhereBothTablesAreMarked() throws Exception {
    shop();
    server.execute(source, "vacuum orders");
    assertThat(hashing()).as("people is not marked").isEqualTo("on");
    server.execute(source, "vacuum people");
    assertThat(hashing()).isEqualTo("off");
  }

  private String hashing() throws SQLException {
    try (Restore restore = new Restore(server.uri(source), server.uri(target));
        Connection connection = server.connect(source);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      TableSizes sizes = TableSizes.of(restore.plan().catalogue());
      VisiblePages pages =
          new VisiblePages(
              IndexedReferences.of(restore.plan().catalogue(), sizes),
              new ConnectionPool(null, 1, restore.cancellation),
              Renaming.of(restore.plan()),
              sizes,
              restore.cancellation);
      DatasetName people = restore.dataset("people").orElseThrow().name();
      assertThat(pages.toCheck(restore.dataset("few").orElseThrow().name(), people)).isEmpty();
      DatasetName orders = restore.dataset("orders").orElseThrow().name();
      statement.execute(pages.toCheck(orders, people).orElseThrow());
      try (ResultSet row = statement.executeQuery("show enable_hashjoin")) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
