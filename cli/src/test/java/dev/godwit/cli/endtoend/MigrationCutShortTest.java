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
    String hint = migrate().errorLines().get(1);
    assertThat(hint)
        .startsWith("hint: what was loaded is kept")
        .contains("a restore goes on with --resume")
        .endsWith("this migration starts over: drop first what it left in the target");
  }

  @Test
  void throughAVaultItGoesOn(@TempDir Path folder) {
    Invocation failed = migrate("--via", folder.resolve("vault").toString());
    assertThat(failed.err())
        .contains("migrate --via when it is run again")
        .doesNotContain("starts over");
  }
}
