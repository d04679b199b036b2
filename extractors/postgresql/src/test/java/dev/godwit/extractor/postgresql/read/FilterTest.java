package dev.godwit.extractor.postgresql.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.extractor.postgresql.Observer;
import dev.godwit.extractor.postgresql.Rows;
import dev.godwit.extractor.postgresql.TestStore;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Span;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.testkit.server.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FilterTest {
  private static final PostgresServer SERVER = PostgresServer.shared();
  private static final String DATABASE = SERVER.createDatabase();
  private static final TestStore STORE = new TestStore(SERVER.uri(DATABASE));

  @BeforeAll
  static void fill() throws Exception {
    try (Observer other = new Observer(SERVER, DATABASE)) {
      other.run(
          "create table a (id int, \"Name\" text, twice int generated always as (id * 2) stored);"
              + " insert into a select i, 'n' || i from generate_series(1, 10) i;"
              + " create table b (id int); insert into b values (1)");
    }
  }

  @AfterAll
  static void close() {
    STORE.close();
  }

  private static DatasetPattern pattern(String text) {
    return DatasetPattern.parse(text);
  }

  private static DatasetFilter where(String table, String condition) {
    return new DatasetFilter(
        List.of(),
        List.of(),
        List.of(new DatasetFilter.Where(pattern(table), condition)),
        List.of());
  }

  private static DatasetFilter columns(String table, String... names) {
    return new DatasetFilter(
        List.of(),
        List.of(),
        List.of(),
        List.of(new DatasetFilter.Columns(pattern(table), List.of(names))));
  }

  @Test
  void takesAndLeavesTables() {
    DatasetFilter filter =
        new DatasetFilter(
            List.of(pattern("public.*")), List.of(pattern("b")), List.of(), List.of());
    try (ExtractRun run = STORE.begin(filter)) {
      assertThat(Rows.all(run).keySet()).containsExactly("a");
    }
  }

  @Test
  void takesRowsByACondition() {
    try (ExtractRun run = STORE.begin(where("a", "id > 7 -- the last ones"))) {
      Dataset dataset = Rows.dataset(run, "a");
      assertThat(Rows.partitions(run, dataset).stream().map(p -> p.span()))
          .containsExactly(Span.ALL);
      assertThat(Rows.numbers(Rows.of(run, dataset), 0)).containsExactly(8L, 9L, 10L);
      assertThat(Rows.of(run, "b")).hasSize(1);
    }
  }

  @Test
  void takesColumnsInTheOrderGiven() {
    try (ExtractRun run = STORE.begin(columns("a", "Name", "id"))) {
      Dataset dataset = Rows.dataset(run, "a");
      assertThat(dataset.schema().getFields().stream().map(f -> f.getName()))
          .containsExactly("Name", "id");
      assertThat(Rows.numbers(Rows.of(run, dataset), 1)).hasSize(10);
    }
  }

  @Test
  void refusesWhatMatchesNothing() {
    for (DatasetFilter filter :
        List.of(
            TestStore.including("a", "nowhere"),
            where("nowhere", "true"),
            columns("nowhere", "id"))) {
      GodwitException failure = TestStore.refused(ExitCode.USAGE, () -> STORE.begin(filter));
      assertThat(failure.getMessage()).contains("nowhere");
    }
    DatasetFilter nothingLeft =
        new DatasetFilter(List.of(pattern("a")), List.of(pattern("*")), List.of(), List.of());
    TestStore.refused(ExitCode.USAGE, () -> STORE.begin(nothingLeft));
  }

  @Test
  void refusesConditionsAndColumnsThatAreWrong() {
    GodwitException failure =
        TestStore.refused(ExitCode.USAGE, () -> STORE.begin(where("a", "nix = 1")));
    assertThat(failure.getMessage()).contains("nix", DATABASE + ".public.a");
    failure = TestStore.refused(ExitCode.USAGE, () -> STORE.begin(columns("a", "nix")));
    assertThat(failure.getMessage()).contains("nix");
    assertThat(failure.hint().orElseThrow()).contains("Name");
    TestStore.refused(ExitCode.USAGE, () -> STORE.begin(columns("a", "twice")));
  }
}
