package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup and a restore that end with a proof. */
class VerifyTest {
  @TempDir Path folder;

  private String vault() {
    return folder.resolve("vault").toString();
  }

  @Test
  void aBackupIsHeldAgainstItsSource() {
    Database shop = Database.withShop();
    Invocation done = Invocation.of("backup", "--init", "--verify", shop.uri(), vault());
    assertThat(done.err()).contains("verified: the same as its source in 2 datasets, 3,502 rows");
    assertThat(done.status()).isZero();
    Invocation told = Invocation.of("backup", "--json", "--verify", shop.uri(), vault());
    assertThat(told.out()).contains("\"proof\":{\"same\":true,\"datasets\":2");
  }

  @Test
  void aRestoreIsHeldAgainstItsSnapshot() {
    Database shop = Database.withShop();
    assertThat(Invocation.of("backup", "-q", "--init", shop.uri(), vault()).status()).isZero();
    Database copy = Database.missing();
    Invocation done =
        Invocation.of(
            "restore", "--create", "--verify", vault(), copy.uri(), "--rename", "orders=old");
    assertThat(done.err()).contains("verified: the same as the snapshot in 2 datasets, 3,502 rows");
    assertThat(done.status()).isZero();
  }

  /** An enum's hash is another in each database, so rows rightly lie in other partitions. */
  @Test
  void rowsInOtherPartitionsOfTheSameTableAreNoDifference() {
    Database moods = Database.empty();
    moods.execute(
        """
        create type mood as enum ('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
        create table t (m mood, n int, primary key (m, n)) partition by hash (m);
        create table t0 partition of t for values with (modulus 2, remainder 0);
        create table t1 (n int not null, m mood not null);
        alter table t attach partition t1 for values with (modulus 2, remainder 1);
        create table plain (n int);
        insert into t select m, n from unnest(enum_range(null::mood)) m, generate_series(1, 50) n;
        """);
    assertThat(Invocation.of("backup", "-q", "--init", moods.uri(), vault()).status()).isZero();
    Database copy = Database.empty();
    copy.execute("create type other as enum ('x', 'y', 'z'); drop type other");
    Invocation done = Invocation.of("restore", "--verify", vault(), copy.uri());
    assertThat(copy.ask("select string_agg(m::text, '' order by m) from t0 where n = 1"))
        .isNotEqualTo(moods.ask("select string_agg(m::text, '' order by m) from t0 where n = 1"));
    assertThat(done.err()).contains("verified: the same as the snapshot in 2 datasets, 400 rows");
    assertThat(done.status()).isZero();
    copy.execute("update t set n = 51 where n = 50 and m = 'c'");
    Invocation other = Invocation.of("compare", moods.uri(), copy.uri());
    assertThat(other.out())
        .contains("only in A: m \"c\", n 50", "only in B: m \"c\", n 51")
        .doesNotContain("t0");
    assertThat(other.status()).isEqualTo(4);
  }

  /** What the restore brings along changes what it brings: the proof must see it. */
  @Test
  void aRestoreThatCameOutOtherwiseFailsItsProof() {
    Database shop = Database.withShop();
    assertThat(Invocation.of("backup", "-q", "--init", shop.uri(), vault()).status()).isZero();
    Database target = Database.empty();
    target.execute(
        """
        create function bend() returns event_trigger language plpgsql as $$
        begin
          if exists (select from pg_class where relname = 'customers')
             and exists (select from pg_constraint where conname = 'customers_pkey') then
            update public.customers set name = 'other' where id = 1;
          end if;
        end $$;
        create event trigger bend on ddl_command_end when tag in ('ALTER TABLE')
          execute function bend();
        """);
    Invocation done = Invocation.of("restore", "--verify", vault(), target.uri());
    assertThat(done.err())
        .contains("verification FAILED: other than the snapshot in 1 of 2 datasets");
    assertThat(done.status()).isEqualTo(4);
  }
}
