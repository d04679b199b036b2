package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way of giving a password, on a server that asks for one; and that none is ever shown. */
class PasswordsTest {
  private static final String SECRET = "se@sa:me/42";

  @TempDir static Path folder;
  private static PostgresServer server;
  private static String address;

  @BeforeAll
  static void startServer() {
    server = PostgresServer.start(Map.of());
    server.execute(
        "postgres",
        "create role clerk superuser login password '"
            + SECRET
            + "'; create table t (id integer primary key); insert into t values (1)");
    server.execute(
        "postgres",
        """
        do $$ begin
          execute format(
            $f$copy (select 'host all clerk all scram-sha-256' union all select 'host all all all trust')
              to %L$f$, current_setting('hba_file'));
        end $$
        """);
    server.reload();
    address = "127.0.0.1:" + server.port() + "/postgres";
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private static Invocation preview(Map<String, String> environment, String... more) {
    return preview("postgresql://clerk@" + address, environment, more);
  }

  private static Invocation preview(String uri, Map<String, String> environment, String... more) {
    List<String> line = new ArrayList<>(List.of("backup", "--init", "--dry-run", "--debug", uri));
    line.add(folder.resolve("vault").toString());
    line.addAll(List.of(more));
    Invocation done = Invocation.in(environment, line.toArray(String[]::new));
    assertThat(done.out() + done.err()).doesNotContain(SECRET, "wrong-one", "se%40sa");
    return done;
  }

  @Test
  void aCommandPrintsIt() {
    assertThat(preview(Map.of(), "--password-command", "printf '%s\\n' " + SECRET).status())
        .isZero();
  }

  @Test
  void aFileHoldsIt() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), SECRET + "\n");
    assertThat(preview(Map.of(), "--password-file", file.toString()).status()).isZero();
  }

  /** As Windows' editors save it. */
  @Test
  void aByteOrderMarkIsNoPartOfIt() throws Exception {
    Path file = Files.writeString(folder.resolve("marked"), "\uFEFF" + SECRET + "\r\n");
    assertThat(preview(Map.of(), "--password-file", file.toString()).status()).isZero();
  }

  @Test
  void theEnvironmentHoldsIt() {
    assertThat(preview(Map.of("GODWIT_SOURCE_PASSWORD", SECRET)).status()).isZero();
    assertThat(preview(Map.of("GODWIT_TARGET_PASSWORD", SECRET)).status()).isEqualTo(20);
  }

  @Test
  void theAddressHoldsItAndAWarningIsGiven() {
    Invocation done = preview("postgresql://clerk:se%40sa%3Ame%2F42@" + address, Map.of());
    assertThat(done.status()).isZero();
    assertThat(done.err()).contains("warning: the password in the address can be seen");
  }

  /** Also where the shell made several arguments of it. */
  @Test
  void oneWithBlanksIsRefusedAndNoPartOfItShown() {
    String uri = "postgresql://clerk:hush word@" + address;
    String vault = folder.resolve("vault").toString();
    Invocation whole = preview(uri, Map.of());
    assertThat(whole.errorLines().get(0)).contains("in a user or password write a blank as %20");
    assertThat(whole.status()).isEqualTo(2);
    for (String[] line :
        new String[][] {
          {"backup", "--debug", "postgresql://clerk:hush", "word@" + address, vault},
          {"backup", "--debug", vault, vault, uri},
          {"migrate", "--debug", "postgresql://clerk:hush", "to", "word@" + address},
        }) {
      Invocation done = Invocation.of(line);
      assertThat(done.out() + done.err()).doesNotContain("hush", "word@");
      assertThat(done.errorLines().get(1)).startsWith("hint: ");
      assertThat(done.status()).isEqualTo(2);
    }
  }

  @Test
  void aFlagIsStrongerThanTheEnvironment() {
    Map<String, String> wrong = Map.of("GODWIT_SOURCE_PASSWORD", "wrong-one");
    assertThat(preview(wrong, "--password-command", "printf %s " + SECRET).status()).isZero();
  }

  @Test
  void aWrongOneAndNoneAreRefused() {
    Invocation wrong = preview(Map.of("GODWIT_SOURCE_PASSWORD", "wrong-one"));
    assertThat(wrong.status()).isEqualTo(20);
    assertThat(wrong.errorLines().get(0)).startsWith("godwit: ").contains("clerk");
    assertThat(wrong.errorLines().get(1)).startsWith("hint: ");
    assertThat(preview(Map.of()).status()).isEqualTo(20);
  }

  /** As where a CI has no such secret: what else may hold one is looked at. */
  @Test
  void aVariableThatIsSetToNothingIsNone() {
    Invocation empty = preview(Map.of("GODWIT_SOURCE_PASSWORD", ""));
    assertThat(empty.errorLines().subList(0, 2))
        .isEqualTo(preview(Map.of()).errorLines().subList(0, 2));
    assertThat(empty.status()).isEqualTo(20);
  }

  @Test
  void aCommandThatFailsIsToldWithoutItsText() {
    Invocation done = preview(Map.of(), "--password-command", "echo " + SECRET + "; exit 3");
    assertThat(done.status()).isEqualTo(1);
    assertThat(done.err()).contains("ended with exit status 3");
    assertThat(preview(Map.of(), "--password-command", "true").err()).contains("gave no password");
    assertThat(preview(Map.of(), "--password-file", folder.resolve("gone").toString()).err())
        .contains("gone: no such file");
  }
}
