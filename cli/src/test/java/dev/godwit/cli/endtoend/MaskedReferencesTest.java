package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** References between masked columns whose types are not the same. */
class MaskedReferencesTest {
  private static Database codes;

  @BeforeAll
  static void fill() {
    codes = Database.empty();
    codes.execute(
        """
        create extension citext;
        create table a (code text primary key, nick citext unique, fixed character(20) unique, mail varchar(20) unique);
        create table b (id integer primary key, code varchar(10) references a (code),
          nick citext references a (nick),
          fixed character(30) references a (fixed), mail varchar(40) references a (mail));
        insert into a values ('AB', 'Ann@Example.org', 'AB', 'u@example.museum');
        insert into b values (1, 'AB', 'ann@example.ORG', 'AB', 'u@example.museum');
        """);
  }

  private static Invocation migrate(Database target, String... masks) {
    String[] line =
        Stream.concat(
                Stream.of("migrate", "--verify", codes.uri(), target.uri()),
                Arrays.stream(masks).flatMap(mask -> Stream.of("--mask", mask)))
            .toArray(String[]::new);
    return Invocation.in(Map.of("GODWIT_MASK_KEY", "0123456789abcdef"), line);
  }

  @Test
  void blanksBehindAValueAreNoPartOfIt() {
    Database copy = Database.empty();
    Invocation done = migrate(copy, "a.fixed=hash", "b.fixed=hash");
    assertThat(done.err()).contains("verified: the same as the source in 2 datasets");
    assertThat(done.status()).isZero();
    assertThat(copy.ask("select count(*) from a join b using (fixed) where fixed <> 'AB'"))
        .isEqualTo("1");
  }

  @Test
  void textOfAnyCaseStaysEqualToItsOwn() {
    for (String mask : new String[] {"hash", "keep-domain"}) {
      Database copy = Database.empty();
      Invocation done = migrate(copy, "a.nick=" + mask, "b.nick=" + mask);
      assertThat(done.err()).contains("verified: the same as the source in 2 datasets");
      assertThat(done.status()).isZero();
      assertThat(copy.ask("select count(*) from a join b using (nick) where nick !~ 'ann'"))
          .isEqualTo("1");
    }
  }

  @Test
  void whatWouldBeCutOtherwiseIsRefused() {
    Database copy = Database.empty();
    for (String column : new String[] {"code=hash", "mail=keep-domain"}) {
      Invocation refused = migrate(copy, "a." + column, "b." + column);
      assertThat(refused.err()).contains("masked values are cut to the shorter");
      assertThat(refused.status()).isEqualTo(2);
    }
    assertThat(copy.ask("select count(*) from pg_class where relname = 'a'")).isEqualTo("0");
  }
}
