package dev.godwit.extractor.postgresql.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.extractor.postgresql.TestStore;
import dev.godwit.extractor.postgresql.session.Session;
import dev.godwit.testkit.server.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ways of copying: straight from the socket, and through the driver. */
class CopiesTest {
  private static final PostgresServer SERVER = PostgresServer.shared();

  private static TestStore store(boolean raw) {
    return new TestStore(SERVER.uri("postgres") + "?raw-copy=" + raw);
  }

  /** Length and hash of each message. */
  private static List<String> messages(CopyData data) throws Exception {
    List<String> messages = new ArrayList<>();
    while (data.next()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer bytes = data.bytes();
      if (bytes != null) {
        assertThat(bytes.isDirect()).isTrue();
        assertThat(bytes.remaining()).isEqualTo((int) data.length());
        digest.update(bytes);
      } else {
        try (InputStream stream = data.stream()) {
          digest.update(stream.readAllBytes());
        }
      }
      messages.add(data.length() + " " + HexFormat.of().formatHex(digest.digest()));
    }
    assertThat(data.next()).isFalse();
    return messages;
  }

  private static List<String> messages(boolean raw, String... statements) throws Exception {
    List<String> messages = new ArrayList<>();
    try (TestStore store = store(raw);
        Session session = store.sessions().openSession("postgres");
        Copies copies = Copies.over(session, store.allocator)) {
      assertThat(copies).isInstanceOf(raw ? RawCopies.class : DriverCopies.class);
      for (String sql : statements) {
        try (CopyData data = copies.begin(sql)) {
          messages.addAll(messages(data));
        }
      }
      try (Statement statement = session.connection().createStatement();
          ResultSet row = statement.executeQuery("select 7")) {
        assertThat(row.next()).as("the driver goes on").isTrue();
      }
    }
    return messages;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "copy (select 1 where false) to stdout (format binary)",
        "copy (select from generate_series(1, 3)) to stdout (format binary)",
        "copy (select i, md5(i::text) from generate_series(1, 100000) i) to stdout (format binary)",
        "copy (select repeat(md5(i::text), i * 3000) from generate_series(1, 40) i) to stdout"
            + " (format binary)",
        "copy (select repeat('x', n) from unnest(array[5, 17000000, 7, 16777200, 16777300]) n)"
            + " to stdout (format binary)",
      })
  void bothWaysGiveTheSameMessages(String sql) throws Exception {
    List<String> raw = messages(true, sql, sql);
    assertThat(raw).isNotEmpty().isEqualTo(messages(false, sql, sql));
  }

  @Test
  void streamsThatAreLeftUnreadAreSkipped() throws Exception {
    try (TestStore store = store(true);
        Session session = store.sessions().openSession("postgres");
        Copies copies = Copies.over(session, store.allocator);
        CopyData data =
            copies.begin(
                "copy (select repeat('x', 17000000), i from generate_series(1, 3) i) to stdout"
                    + " (format binary)")) {
      assertThat(data.next()).isTrue();
      assertThat(data.next()).isTrue();
      assertThat(data.stream().read()).isGreaterThanOrEqualTo(0);
      assertThat(data.next()).isTrue();
      assertThat(data.length()).isGreaterThan(17_000_000);
      assertThat(store.allocator.getAllocatedMemory()).isLessThan(4 << 20);
      while (data.next()) {
        assertThat(data.length()).isPositive();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anErrorMidwayCarriesTheServersState(boolean raw) throws Exception {
    try (TestStore store = store(raw);
        Session session = store.sessions().openSession("postgres");
        Copies copies = Copies.over(session, store.allocator)) {
      try (CopyData data =
          copies.begin(
              "copy (select 1 / (50000 - i) from generate_series(1, 60000) i) to stdout"
                  + " (format binary)")) {
        ServerFailure failure = catchThrowableOfType(ServerFailure.class, () -> messages(data));
        assertThat(failure.state()).isEqualTo("22012");
        assertThat(failure).hasMessage("division by zero");
      }
      assertThatThrownBy(
              () -> {
                try (CopyData data = copies.begin("copy (select nothing) to stdout")) {
                  data.next();
                }
              })
          .isInstanceOf(ServerFailure.class);
      try (CopyData data = copies.begin("copy (select 1) to stdout (format binary)")) {
        assertThat(messages(data)).isNotEmpty();
      }
    }
  }

  @Test
  void leavesToTheDriverWhatTheServerSendsUnasked() throws Exception {
    try (TestStore store = store(true);
        Session session = store.sessions().openSession("postgres");
        Copies copies = Copies.over(session, store.allocator)) {
      session.execute("listen here");
      for (int i = 0; i < 20; i++) {
        SERVER.execute("postgres", "notify here, 'n" + i + "'");
        try (CopyData data =
            copies.begin("copy (select generate_series(1, 1000)) to stdout (format binary)")) {
          assertThat(messages(data)).hasSizeGreaterThanOrEqualTo(1000);
        }
        session.execute("select 1");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void closingMidwayEndsTheStatement(boolean raw) throws Exception {
    try (TestStore store = store(raw);
        Session session = store.sessions().openSession("postgres");
        Copies copies = Copies.over(session, store.allocator)) {
      CopyData data =
          copies.begin("copy (select generate_series(1, 2000000000)) to stdout (format binary)");
      assertThat(data.next()).isTrue();
      data.close();
    }
  }

  @Test
  void aLostConnectionIsAFailure() throws Exception {
    try (TestStore store = store(true);
        Session session = store.sessions().openSession("postgres");
        Copies copies = Copies.over(session, store.allocator);
        CopyData data =
            copies.begin(
                "copy (select generate_series(1, 2000000000)) to stdout (format binary)")) {
      assertThat(data.next()).isTrue();
      SERVER.execute(
          "postgres",
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
              + " 'godwit' and query like 'copy (select generate_series(1, 2000000000)%'");
      assertThatThrownBy(() -> messages(data)).isInstanceOf(IOException.class);
    }
  }
}
