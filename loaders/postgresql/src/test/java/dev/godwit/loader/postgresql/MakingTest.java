package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.extractor.postgresql.session.Sessions;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.Role;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import dev.godwit.testkit.server.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Definitions that meet what another session does at the same moment. */
class MakingTest {
  private final PostgresServer server = PostgresServer.shared();
  private final String database = server.createDatabase();
  private final Cancellation cancellation = new Cancellation();
  private final Unmade unmade = new Unmade(false, cancellation);
  private final List<String> tried = new ArrayList<>();
  private ConnectionPool pool;
  private Connection other;
  private CompletableFuture<Void> othersWork = CompletableFuture.completedFuture(null);

  @BeforeEach
  void open() throws SQLException {
    Databases.makeRoles(server);
    server.execute(
        database,
        """
        create function f() returns int language sql as 'select 1';
        create table a (id int);
        create table b (id int);
        """);
    StoreUri uri = StoreUri.parse(server.uri(database));
    List<OptionSpec> declared = new PostgresqlLoaderProvider().options();
    StoreAddress address = new StoreAddress(uri, Options.bind(declared, uri), PasswordSource.NONE);
    pool =
        new ConnectionPool(
            new TargetDatabase(new Sessions(address, Role.TARGET, cancellation)), 2, cancellation);
    pool.inTransaction(connection -> Ledger.create(connection, "plan"));
    other = server.connect(database);
    other.setAutoCommit(false);
    // Where both wait for each other, it is the other one that lasts.
    others("set deadlock_timeout = '1h'");
    other.commit();
  }

  @AfterEach
  void close() throws SQLException {
    othersWork.join();
    other.close();
    pool.close();
  }

  private void others(String sql) throws SQLException {
    try (Statement statement = other.createStatement()) {
      statement.execute(sql);
    }
  }

  private static SchemaObject object(String kind, String on, String definition) {
    return new SchemaObject(
        kind + ":" + on,
        kind,
        DatasetName.of("db", "public", on),
        definition,
        List.of(),
        Phase.LAST,
        List.of(),
        Map.of());
  }

  /** What happens ahead of an object, in its transaction. */
  @FunctionalInterface
  private interface Before {
    void make(Connection connection, SchemaObject object) throws SQLException;
  }

  private void make(Before before, SchemaObject... objects) {
    Making making = new Making(pool, 2, false, unmade, SchemaObject::definition, cancellation);
    making.all(
        List.of(objects).iterator(),
        (connection, object) -> {
          tried.add(object.id());
          before.make(connection, object);
          return List.of(object.definition());
        });
  }

  /** Has the other session end its transaction once somebody waits for it. */
  private void endOnceWaitedFor() throws SQLException {
    long pid = Long.parseLong(ofOther("select pg_backend_pid()"));
    othersWork =
        CompletableFuture.runAsync(
            () -> {
              until(
                  "select exists (select from pg_stat_activity where "
                      + pid
                      + " = any (pg_blocking_pids(pid)))");
              try {
                other.commit();
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private String ofOther(String sql) throws SQLException {
    try (Statement statement = other.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /** Asks until it is so. */
  private void until(String condition) {
    try (Connection watching = server.connect(database);
        Statement statement = watching.createStatement()) {
      for (boolean reached = false; !reached; ) {
        try (var row = statement.executeQuery(condition)) {
          row.next();
          reached = row.getBoolean(1);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final SchemaObject GRANT =
      object("privileges", "f", "grant execute on function public.f() to reader");

  /** The other changes the same row of the catalogue, as the definition is about to. */
  private void changeTheSameRow(String role) throws SQLException {
    othersWork.join();
    others("grant execute on function public.f() to " + role);
    endOnceWaitedFor();
  }

  @Test
  void whatMeetsAChangeOfTheSameRowIsMadeAfterAll() throws Exception {
    make(
        (connection, object) -> {
          // Together with others first, then by itself: both of them meet the other session.
          if (tried.size() < 3) {
            changeTheSameRow(tried.size() == 1 ? "writer" : "\"Odd role\"");
          }
        },
        GRANT);
    assertThat(tried).hasSize(3);
    assertThat(unmade.size()).isZero();
    assertThat(
            Databases.ask(
                server,
                database,
                "select count(*) from unnest(array['reader', 'writer', 'Odd role']) r"
                    + " where exists (select from pg_proc p, aclexplode(p.proacl) x"
                    + " where p.proname = 'f' and x.grantee = to_regrole(quote_ident(r)))"))
        .isEqualTo("3");
    assertThat(done()).isEqualTo("object privileges:f");
  }

  @Test
  void whatMeetsOthersEachTimeIsSaidInTheEnd() {
    assertThatThrownBy(
            () ->
                make(
                    (c, o) ->
                        changeTheSameRow(List.of("writer", "\"Odd role\"").get(tried.size() % 2)),
                    GRANT))
        .isInstanceOf(GodwitException.class)
        .hasMessageContaining("tuple concurrently updated")
        .hasMessageContaining("cannot make privileges");
    assertThat(tried).hasSize(4);
  }

  @Test
  void whatWaitsInACircleIsMadeAfterAll() throws Exception {
    SchemaObject first = object("comment", "a", "comment on table public.a is 'of a'");
    SchemaObject second =
        new SchemaObject(
            "comment:b",
            "comment",
            first.name(),
            "comment on table public.b is 'of b'",
            List.of(),
            Phase.LAST,
            List.of(),
            Map.of());
    make(
        (connection, object) -> {
          if (tried.size() == 2) {
            try (Statement statement = connection.createStatement()) {
              statement.execute("lock table public.a"); // as what is said of it does
            }
            others("lock table public.b");
            othersWork =
                CompletableFuture.runAsync(
                    () -> {
                      try {
                        others("lock table public.a");
                        other.commit();
                      } catch (SQLException e) {
                        throw new IllegalStateException(e);
                      }
                    });
            until(
                "select exists (select from pg_locks"
                    + " where not granted and relation = 'public.a'::regclass)");
          }
        },
        first,
        second);
    assertThat(tried).containsExactly("comment:a", "comment:b", "comment:a", "comment:b");
    assertThat(unmade.size()).isZero();
    assertThat(done()).isEqualTo("object comment:a,object comment:b");
    assertThat(
            Databases.ask(
                server,
                database,
                "select obj_description('public.a'::regclass) || obj_description('public.b'::regclass)"))
        .isEqualTo("of aof b");
  }

  private String done() throws SQLException {
    return Databases.ask(
        server, database, "select string_agg(item, ',' order by item) from _godwit.done");
  }
}
