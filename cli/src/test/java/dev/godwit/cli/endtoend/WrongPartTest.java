package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts that nobody can have meant are refused or told, each by one line with a hint. */
class WrongPartTest {
  @TempDir private Path folder;
  private Database shop;
  private Database target;
  private String vault;

  @BeforeEach
  void fill() {
    shop = Database.withShop();
    shop.execute("create index by_total on orders (total)");
    target = Database.empty();
    vault = folder.resolve("vault").toString();
    assertThat(Invocation.of("backup", "-q", "--init", shop.uri(), vault).status()).isZero();
  }

  @Test
  void anIndexIsNotChosenByItsName() {
    Invocation restore = Invocation.of("restore", vault, target.uri(), "--include", "by_total");
    assertThat(restore.status()).isEqualTo(2);
    assertThat(restore.err().lines())
        .hasSize(2)
        .anyMatch(l -> l.contains("'by_total': ") && l.endsWith("by_total is of kind index"))
        .anyMatch(l -> l.startsWith("hint: ") && l.contains("go with the tables"));
    Invocation migrate =
        Invocation.of("migrate", shop.uri(), target.uri(), "--include", "by_total");
    assertThat(migrate.status()).isEqualTo(2);
    assertThat(migrate.err().lines())
        .hasSize(2)
        .anyMatch(l -> l.endsWith("--include by_total matches no table"))
        .anyMatch(l -> l.startsWith("hint: ") && l.contains("go with the tables"));
  }

  @Test
  void whatIsLeftOutAndIsNotThereIsTold() {
    Invocation restore =
        Invocation.of("restore", vault, target.uri(), "--exclude", "odrers", "--dry-run");
    assertThat(restore.status()).isZero();
    assertThat(restore.err()).contains("warning: --exclude 'odrers' matches nothing");
    Invocation migrate =
        Invocation.of("migrate", shop.uri(), target.uri(), "--exclude", "odrers", "--dry-run");
    assertThat(migrate.status()).isZero();
    assertThat(migrate.err()).contains("warning: --exclude 'odrers' matches nothing");
    Invocation fine =
        Invocation.of("restore", vault, target.uri(), "--exclude", "orders", "--dry-run");
    assertThat(fine.err()).doesNotContain("warning");
  }

  @Test
  void whatIsToBeRenamedAndIsNotThereIsRefused() {
    for (String[] way : new String[][] {{"restore", vault}, {"migrate", shop.uri()}}) {
      Invocation wrong =
          Invocation.of(way[0], way[1], target.uri(), "--rename", "odrers=old", "--dry-run");
      assertThat(wrong.status()).isEqualTo(2);
      assertThat(wrong.err()).contains("--rename: there is no dataset odrers");
      Invocation fine =
          Invocation.of(way[0], way[1], target.uri(), "--rename", "orders=old", "--dry-run");
      assertThat(fine.status()).isZero();
    }
  }

  @Test
  void nothingIsLeft() {
    Invocation restore = Invocation.of("restore", vault, target.uri(), "--exclude", "public.*");
    assertThat(restore.status()).isEqualTo(2);
    assertThat(restore.err()).contains("no dataset is left by --exclude 'public.*'");
    Invocation migrate =
        Invocation.of("migrate", shop.uri(), target.uri(), "--exclude", "public.*");
    assertThat(migrate.status()).isEqualTo(2);
    assertThat(migrate.err()).contains("leaves no table", "--exclude takes every table away");
  }

  @Test
  void rolesThatWereNotBackedUpCannotBeMade() {
    Invocation restore = Invocation.of("restore", vault, target.uri(), "--roles");
    assertThat(restore.status()).isEqualTo(1);
    assertThat(restore.err())
        .contains("there are no roles to make")
        .contains("hint: back up with --roles, or leave --roles out");
    assertThat(target.ask("select to_regclass('orders')")).isNull();
    Invocation without = Invocation.of("restore", "--keep-going", vault, target.uri());
    assertThat(without.status()).as("nothing was refused: " + without.err()).isZero();
    assertThat(without.err()).doesNotContain("refused by the target");
  }
}
