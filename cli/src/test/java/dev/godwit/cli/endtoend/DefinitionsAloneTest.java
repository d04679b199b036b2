package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.redis.RedisServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database without any table, but with what people made in it, is worth a backup. */
class DefinitionsAloneTest {
  private static final String WARNING = "holds no dataset, only definitions";

  @TempDir private Path folder;
  private String vault;

  @BeforeEach
  void name() {
    vault = folder.resolve("vault").toString();
  }

  private static Database tools() {
    Database tools = Database.empty();
    tools.execute(
        """
        create schema tools;
        create sequence tools.tickets;
        select setval('tools.tickets', 41);
        create function tools.twice(n int) returns int language sql as 'select 2 * n';
        comment on function tools.twice is 'twice as much';
        """);
    return tools;
  }

  private static void assertTools(Database target) {
    assertThat(target.ask("select tools.twice(21)")).isEqualTo("42");
    assertThat(target.ask("select nextval('tools.tickets')")).isEqualTo("42");
    assertThat(target.ask("select obj_description('tools.twice(int)'::regprocedure)"))
        .isEqualTo("twice as much");
  }

  @Test
  void areBackedUpAndRestored() {
    Database tools = tools();
    Invocation backup = Invocation.of("backup", "--init", "--verify", tools.uri(), vault);
    assertThat(backup.err()).contains(WARNING);
    assertThat(backup.status()).as(backup.err()).isZero();
    assertThat(Invocation.of("check", "--read-data", vault).status()).isZero();
    Database target = Database.empty();
    Invocation restore = Invocation.of("restore", "--verify", vault, target.uri());
    assertThat(restore.err()).contains(WARNING);
    assertThat(restore.status()).as(restore.err()).isZero();
    assertTools(target);
    Database made = Database.missing();
    assertThat(Invocation.of("restore", "--create", vault, made.uri()).status()).isZero();
    assertTools(made);
  }

  @Test
  void areMigrated() {
    Database target = Database.empty();
    Invocation done = Invocation.of("migrate", "--verify", tools().uri(), target.uri());
    assertThat(done.err()).contains(WARNING);
    assertThat(done.status()).as(done.err()).isZero();
    assertTools(target);
  }

  /** Success over nothing would drop, some days later, the last backup that held anything. */
  @Test
  void nothingAtAllIsRefused() {
    Invocation done = Invocation.of("backup", "--init", Database.empty().uri(), vault);
    assertThat(done.err()).contains("nothing was read");
    assertThat(done.status()).isEqualTo(1);
    assertThat(Files.exists(folder.resolve("vault/snapshots"))).isFalse();
  }

  /** Nothing is made or begun in a target for it. */
  @Test
  void nothingAtAllIsNotMigrated() {
    Database nothing = Database.empty();
    Database made = Database.missing();
    Invocation dry = Invocation.of("migrate", "--create", "--dry-run", nothing.uri(), made.uri());
    assertThat(dry.err()).contains("the migration would be refused: nothing was read");
    Invocation done = Invocation.of("migrate", "--create", nothing.uri(), made.uri());
    assertThat(done.errorLines().get(0)).contains("nothing was read: the source holds no dataset");
    assertThat(done.err()).doesNotContain("drop first");
    assertThat(done.status()).isEqualTo(1);
    assertThat(nothing.ask("select 1 from pg_database where datname = '" + made.name() + "'"))
        .isNull();
  }

  /** What another kind of store makes nothing of is nothing. */
  @Test
  void goIntoNoOtherKindOfStore() {
    try (RedisServer sessions = RedisServer.start()) {
      Invocation done = Invocation.of("migrate", tools().uri(), sessions.uri());
      assertThat(done.err()).contains("nothing was read");
      assertThat(done.status()).isEqualTo(1);
    }
  }
}
