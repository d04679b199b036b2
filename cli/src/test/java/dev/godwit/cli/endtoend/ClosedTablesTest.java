package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that the user of a backup may not read. */
class ClosedTablesTest {
  @TempDir Path folder;

  private final Database database = Database.empty();
  private final String role = "some_" + database.name();
  private final String uri = database.uri().replaceFirst("//[^@]*@", "//" + role + "@");

  ClosedTablesTest() {
    database.execute(
        """
        create role %1$s login;
        create table birds (id int primary key, name text);
        insert into birds select i, 'bird ' || i from generate_series(1, 200) i;
        create table eggs (id serial primary key);
        insert into eggs select from generate_series(1, 10);
        create schema nests;
        create table nests.twigs (id int generated always as identity, n int);
        insert into nests.twigs (n) values (1), (2);
        grant select on birds, nests.twigs to %1$s;
        """
            .formatted(role));
  }

  private Invocation backUp(String... more) {
    String[] line = new String[5 + more.length];
    System.arraycopy(
        new String[] {"backup", "-q", "--init", uri, folder.resolve("vault").toString()},
        0,
        line,
        0,
        5);
    System.arraycopy(more, 0, line, 5, more.length);
    return Invocation.of(line);
  }

  @Test
  void refuseABackupAsItBegins() {
    Invocation refused = backUp();
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("and 1 more: permission denied");
  }

  @Test
  void areLeftOutOfOneThatKeepsGoingWithTheirSequences() {
    Invocation done = backUp("--keep-going");
    assertThat(done.err())
        .contains("public.eggs", "nests.twigs", "permission denied")
        .doesNotContain("public.birds");
    assertThat(done.status()).isEqualTo(3);

    Database copy = Database.missing();
    String vault = folder.resolve("vault").toString();
    Invocation latest = Invocation.of("restore", "-q", "--create", vault, copy.uri());
    assertThat(latest.status()).as("no backup is whole").isEqualTo(10);
  }

  @Test
  void keepNobodyFromRestoringTheOthers() {
    assertThat(backUp("--keep-going", "--tag", "some").status()).isEqualTo(3);
    Database copy = Database.missing();
    String vault = folder.resolve("vault").toString();
    Invocation done =
        Invocation.of("restore", "-q", "--create", vault, copy.uri(), "--snapshot", "tag:some");
    assertThat(done.err()).contains("public.eggs");
    assertThat(copy.ask("select count(*) from birds")).isEqualTo("200");
    assertThat(copy.ask("select to_regclass('public.eggs') is null")).isEqualTo("t");
  }
}
