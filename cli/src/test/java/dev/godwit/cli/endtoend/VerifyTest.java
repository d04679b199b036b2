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
