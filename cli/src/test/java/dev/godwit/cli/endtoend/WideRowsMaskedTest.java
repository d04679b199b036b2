package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that were too wide to be read whole, and are not once something of them is hidden. */
class WideRowsMaskedTest {
  private static Database source;

  @TempDir Path folder;

  /** Five texts of 4 MB: the last of them leaves the row, and would not without another. */
  @BeforeAll
  static void fill() {
    source = Database.empty();
    source.execute(
        "create table wide (id int primary key, a text, b text, c bytea, d jsonb, e text);"
            + " insert into wide select i, repeat('a', 4000000 + i), repeat('b', 4000000),"
            + " decode(repeat('cd', 4000000), 'hex'), to_jsonb(repeat('d', 4000000)),"
            + " repeat('e', case i when 2 then 4000000 else 3 end) from generate_series(1, 4) i");
  }

  private static void moves(String... more) {
    Database copy = Database.empty();
    List<String> arguments = new ArrayList<>(List.of("migrate", "--verify", source.uri()));
    arguments.add(copy.uri());
    arguments.addAll(List.of(more));
    Invocation done = Invocation.of(arguments.toArray(String[]::new));
    assertThat(done.err()).contains("verified: the same as the source in 1 dataset, 4 rows");
    assertThat(done.status()).isZero();
    assertThat(copy.ask("select sum(length(b) + length(c) + length(d::text)) from wide"))
        .isEqualTo(source.ask("select sum(length(b) + length(c) + length(d::text)) from wide"));
    assertThat(copy.ask("select md5(string_agg(e, ',' order by id)) from wide"))
        .isEqualTo(source.ask("select md5(string_agg(e, ',' order by id)) from wide"));
  }

  @Test
  void aMaskThatMakesThemNarrowIsProven() {
    moves("--mask", "wide.a=fixed:x");
    moves("--mask", "wide.a=null");
  }

  @Test
  void aColumnThatIsLeftOutIsProven() throws Exception {
    Path file = folder.resolve("mapping.toml");
    Files.writeString(file, "[datasets.wide.fields]\na = { skip = true }\n");
    moves("--mapping", "" + file);
  }
}
