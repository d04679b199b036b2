package dev.godwit.extractor.postgresql.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.Observer;
import dev.godwit.extractor.postgresql.Rows;
import dev.godwit.extractor.postgresql.TestStore;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.Secret;
import dev.godwit.testkit.server.Certificates;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords, encryption and Unix sockets, on a server of its own that asks for them. */
class LoginTest {
  private static final String PASSWORD = "corr:ect h@rse";

  @TempDir static Path folder;
  private static PostgresServer server;
  private static Path trusted;
  private static Path other;

  @BeforeAll
  static void start() throws Exception {
    trusted = Certificates.make(folder, "server", "dns:localhost");
    other = Certificates.make(folder, "other", "dns:localhost");
    server =
        PostgresServer.start(
            Map.of(
                "ssl", "on",
                "ssl_cert_file", trusted.toString(),
                "ssl_key_file", folder.resolve("server.key").toString(),
                "unix_socket_directories", folder.toString()));
    try (Observer admin = new Observer(server, "postgres")) {
      admin.run("create role guest login password '" + PASSWORD + "'");
      admin.run("create table t (id int); insert into t select generate_series(1, 50000)");
      admin.run("grant select on t to guest");
      Path rules = Path.of(admin.one("show hba_file"));
      Files.writeString(
          rules,
          "hostssl all guest 127.0.0.1/32 scram-sha-256\nlocal all guest scram-sha-256\n"
              + "host all guest 127.0.0.1/32 reject\n"
              + Files.readString(rules));
      assertThat(admin.one("select count(*) from pg_hba_file_rules where user_name = '{guest}'"))
          .isEqualTo("3");
      String loaded = admin.one("select pg_conf_load_time()");
      admin.run("select pg_reload_conf()");
      // A session hears of it from the server, which welcomes nobody before it has read the rules.
      admin.until("select (pg_conf_load_time() > '" + loaded + "')::text", "true");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String uri(String host, String options) {
    return "postgresql://guest@" + host + ":" + server.port() + "/postgres?" + options;
  }

  private static PasswordSource given(String password) {
    return PasswordSource.of(Secret.of(password));
  }

  /** Reads the table, and whether it was read straight from the socket. */
  private static boolean reads(String uri, PasswordSource password) {
    try (TestStore store = new TestStore(uri, password);
        ExtractRun run = store.begin()) {
      assertThat(Rows.of(run, "t")).hasSize(50_000);
      try (Session session = store.sessions().openSession("postgres")) {
        return session.wire().filter(Wire::idle).isPresent();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, sslmode=require, true",
    "127.0.0.1, sslmode=verify-ca&sslrootcert=TRUSTED, true",
    "localhost, sslmode=verify-full&sslrootcert=TRUSTED&channelBinding=require, true",
    "localhost, sslmode=require&sslNegotiation=direct, true",
    "localhost, sslmode=verify-full&sslrootcert=TRUSTED&channelBinding=require&raw-copy=false,"
        + " false",
    "127.0.0.1, sslmode=require&sslfactory=org.postgresql.ssl.NonValidatingFactory, false",
  })
  void readsOverAnEncryptedConnection(String host, String options, boolean raw) {
    String uri = uri(host, options.replace("TRUSTED", trusted.toString()));
    assertThat(reads(uri, given(PASSWORD))).isEqualTo(raw);
  }

  @Test
  void namesTheFileOfCertificatesThatIsNotThere() {
    String uri = uri("localhost", "sslmode=verify-ca&sslrootcert=/no/such/file");
    try (TestStore store = new TestStore(uri, given(PASSWORD))) {
      assertThat(TestStore.refused(ExitCode.SOURCE_UNREACHABLE, store::extractor))
          .hasMessageContaining("/no/such/file");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:sslmode=verify-ca&sslrootcert=OTHER",
        "localhost:sslmode=verify-ca&sslrootcert=OTHER&raw-copy=false",
        "127.0.0.1:sslmode=verify-full&sslrootcert=TRUSTED",
        "127.0.0.1:sslmode=verify-full&sslrootcert=TRUSTED&raw-copy=false",
        "localhost:sslmode=verify-ca&sslrootcert=/no/such/file"
      })
  void refusesAServerThatIsNotTheOneItShouldBe(String where) {
    String[] parts = where.split(":", 2);
    String options =
        parts[1].replace("TRUSTED", trusted.toString()).replace("OTHER", other.toString());
    try (TestStore store = new TestStore(uri(parts[0], options), given(PASSWORD))) {
      GodwitException failure = TestStore.refused(ExitCode.SOURCE_UNREACHABLE, store::extractor);
      assertThat(failure.hint().orElseThrow()).contains("sslmode").doesNotContain("disable");
    }
  }

  /** No password would help, and nobody is asked for one. */
  @Test
  void saysThatTheServerDoesNotEncrypt() {
    PostgresServer plain = PostgresServer.shared();
    String uri = plain.uri("postgres") + "?sslmode=require";
    try (TestStore store = new TestStore(uri)) {
      GodwitException failure = TestStore.refused(ExitCode.SOURCE_UNREACHABLE, store::extractor);
      assertThat(failure).hasMessageContaining("no encrypted connection");
      assertThat(failure.hint().orElseThrow()).contains("ssl").doesNotContain("password");
    }
  }

  @Test
  void saysThatThePasswordIsWrong() {
    try (TestStore store = new TestStore(uri("127.0.0.1", "sslmode=require"), given("wr0ng"))) {
      GodwitException failure = TestStore.refused(ExitCode.SOURCE_UNREACHABLE, store::extractor);
      assertThat(failure.getMessage()).contains("'guest'").doesNotContain("wr0ng");
      assertThat(failure.hint().orElseThrow()).contains("GODWIT_SOURCE_PASSWORD");
    }
  }

  @Test
  void saysThatAPasswordIsNeeded() {
    try (TestStore store = new TestStore(uri("127.0.0.1", "sslmode=require"))) {
      GodwitException failure = TestStore.refused(ExitCode.SOURCE_UNREACHABLE, store::extractor);
      assertThat(failure.hint().orElseThrow()).contains("--password-file");
    }
  }

  @Test
  void asksAPersonOnceTheServerAskedForAPassword() {
    int[] asked = {0};
    PasswordSource person =
        new PasswordSource() {
          @Override
          public Optional<Secret> given() {
            return Optional.empty();
          }

          @Override
          public Optional<Secret> prompt(String what) {
            asked[0]++;
            assertThat(what).contains("guest@127.0.0.1");
            return Optional.of(Secret.of(PASSWORD));
          }
        };
    assertThat(reads(uri("127.0.0.1", "sslmode=require"), person)).isTrue();
    assertThat(asked[0]).as("the extractor and a session of the test").isEqualTo(2);
  }

  @Test
  void readsOverAUnixSocket() {
    String uri = "postgresql://guest@/postgres?host=" + folder + "&port=" + server.port();
    assertThat(reads(uri, given(PASSWORD))).isTrue();
  }

  @Test
  void saysThatThereIsNoSuchSocket() {
    String uri = "postgresql://guest@/postgres?host=" + folder + "/nowhere";
    try (TestStore store = new TestStore(uri, given(PASSWORD))) {
      GodwitException failure = TestStore.refused(ExitCode.SOURCE_UNREACHABLE, store::extractor);
      assertThat(failure.getMessage()).contains(folder + "/nowhere/.s.PGSQL.5432");
    }
  }
}
