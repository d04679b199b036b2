package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions and new names that a server would take for something else than was meant. */
class OddRequestsTest {
  private static Database source() {
    Database source = Database.empty();
    source.execute(
        "create table t (id int primary key); insert into t select generate_series(1, 9);"
            + " create table parts (id int) partition by range (id);"
            + " create table part partition of parts for values from (0) to (9)");
    return source;
  }

  /** A condition stands between brackets, which it must not close. */
  @ParameterizedTest
  @ValueSource(
      strings = {"id > 3) or (true", "id > 3] or array[true", "id > (select max(id) from t)"})
  void aConditionIsOneExpression(String condition) {
    Database source = source();
    Database copy = Database.empty();
    Invocation done =
        Invocation.of("migrate", source.uri(), copy.uri(), "--where", "t=" + condition);
    assertThat(done.err()).contains("--where for ", "named with their schema");
    assertThat(done.errorLines()).hasSize(2);
    assertThat(done.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id > 6 -- )",
        "id > (select 6 /* ( */) and '(' <> '['",
        "null",
        "id in (7, 8, 9)"
      })
  void whatIsOneIsTaken(String condition) {
    Database source = source();
    Database copy = Database.empty();
    Invocation done =
        Invocation.of("migrate", source.uri(), copy.uri(), "--where", "t=" + condition);
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(copy.ask("select count(*) from t")).isEqualTo(condition.equals("null") ? "0" : "3");
  }

  /** Of two that match a table only the first would hold. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --where   | t=id<3 | public.t=id>5
          --columns | t=id   | public.t=id,v
          """)
  void ofTwoForOneTableNoneIsPassedOver(String flag, String one, String other) {
    Database source = source();
    source.execute("alter table t add v text");
    Database copy = Database.empty();
    Invocation done = Invocation.of("migrate", source.uri(), copy.uri(), flag, one, flag, other);
    assertThat(done.err()).contains(flag + " " + other, flag + " " + one + " comes first");
    assertThat(done.errorLines()).hasSize(2);
    assertThat(done.status()).isEqualTo(2);
    assertThat(copy.ask("select count(*) from pg_class where relname = 't'")).isEqualTo("0");
  }

  /** A server cuts longer names, and tells nobody. */
  @ParameterizedTest
  @ValueSource(strings = {"t", "parts"})
  void aNewNameThatNoTableCanHaveIsRefused(String table) {
    Database source = source();
    Database copy = Database.empty();
    String longest = "x".repeat(61) + "ö";
    Invocation done =
        Invocation.of("migrate", source.uri(), copy.uri(), "--rename", table + "=" + longest + "y");
    assertThat(done.err()).contains("the name of public." + longest + "y has more than 63 bytes");
    assertThat(done.errorLines()).hasSize(2);
    assertThat(done.status()).isEqualTo(1);
    done = Invocation.of("migrate", source.uri(), copy.uri(), "--rename", table + "=" + longest);
    assertThat(done.status()).as(done.err()).isZero();
  }

  /** It ended in the middle, with a table made and loaded, and a dry run saw nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"--rename t=z --rename other=z", "--rename t=other", "--rename t=shown"})
  void twoThatWouldHaveOneNameAreRefusedBeforehand(String renames) {
    Database source = source();
    source.execute("create table other (id int primary key); create view shown as select 1 as one");
    for (String dry : List.of("--dry-run", "--jobs=2")) {
      Database copy = Database.empty();
      List<String> line = new ArrayList<>(List.of("migrate", dry, source.uri(), copy.uri()));
      line.addAll(List.of(renames.split(" ", -1)));
      Invocation done = Invocation.of(line.toArray(String[]::new));
      assertThat(done.err()).contains("two relations would be called public.").contains("--rename");
      assertThat(done.status()).isEqualTo(1);
      assertThat(copy.ask("select count(*) from pg_class where relname in ('t', 'z', 'other')"))
          .isEqualTo("0");
    }
    Database copy = Database.empty();
    Invocation swapped =
        Invocation.of(
            "migrate", source.uri(), copy.uri(), "--rename", "t=other", "--rename", "other=t");
    assertThat(swapped.status()).as(swapped.err()).isZero();
    assertThat(copy.ask("select count(*) from other")).isEqualTo("9");
  }

  /** Nothing can be shown of it. */
  @Test
  void aRowWithoutColumnsIsToldAsSuch() {
    Database one = Database.empty();
    one.execute("create table none (); insert into none default values");
    Database two = Database.empty();
    two.execute("create table none ()");
    Invocation done = Invocation.of("compare", one.uri(), two.uri());
    assertThat(done.out()).contains("only in A: a row without columns");
    assertThat(done.status()).isEqualTo(4);
  }
}
