package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a migration that failed after it had written something says about going on. */
class MigrationCutShortTest {
  /** Orders without their customers: the reference between them cannot be made. */
  private static final String[] LACKING = {"--where", "customers=id <= 10"};

  private static Invocation migrate(String... more) {
    Database shop = Database.withShop();
    Database copy = Database.empty();
    String[] line = new String[LACKING.length + more.length + 3];
    line[0] = "migrate";
    System.arraycopy(LACKING, 0, line, 1, LACKING.length);
    System.arraycopy(more, 0, line, 1 + LACKING.length, more.length);
    line[line.length - 2] = shop.uri();
    line[line.length - 1] = copy.uri();
    Invocation failed = Invocation.of(line);
    assertThat(failed.status()).as(failed.err()).isEqualTo(1);
    assertThat(failed.errorLines()).anyMatch(told -> told.contains("cannot make foreign key"));
    return failed;
  }

  /** It has no --resume, and its target is not empty any more. */
  @Test
  void fromAStoreItStartsOver() {
    assertThat(migrate().errorLines().get(1))
        .isEqualTo("hint: this migration starts over: drop first what it left in the target");
  }

  @Test
  void throughAVaultItGoesOn(@TempDir Path folder) {
    assertThat(migrate("--via", folder.resolve("vault").toString()).errorLines().get(1))
        .isEqualTo("hint: what was loaded is kept: the same command goes on with it");
  }

  @Test
  void aRestoreGoesOnWithResume(@TempDir Path folder) {
    String vault = folder.resolve("vault").toString();
    Database shop = Database.withShop();
    Database copy = Database.empty();
    String[] lacking = {"--where", "customers=id <= 10"};
    assertThat(
            Invocation.of("backup", "-q", "--init", lacking[0], lacking[1], shop.uri(), vault)
                .status())
        .isZero();
    assertThat(Invocation.of("restore", vault, copy.uri()).errorLines().get(1))
        .isEqualTo("hint: what was loaded is kept: --resume goes on with it");
    Invocation met = Invocation.of("restore", vault, copy.uri());
    assertThat(met.status()).isEqualTo(1);
    assertThat(met.errorLines().get(1))
        .startsWith("hint: --resume goes on with it, where it is of the same snapshot and choice;")
        .endsWith("drop the database, or its schema _godwit and what was loaded");
    copy.execute("alter table orders rename to elsewhere");
    assertThat(Invocation.of("restore", "--resume", vault, copy.uri()).errorLines().get(1))
        .startsWith("hint: this load made it, and it was dropped or renamed since: bring it back");
    copy.execute("alter table elsewhere rename to orders");
    Invocation other =
        Invocation.of("restore", "--resume", "--exclude", "orders", vault, copy.uri());
    assertThat(other.err()).contains("is of another plan", "go on as it was begun: the same");
  }
}
