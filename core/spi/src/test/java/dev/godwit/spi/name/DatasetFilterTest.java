package dev.godwit.spi.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DatasetFilterTest {
  private static final DatasetName ORDERS = DatasetName.parse("shop.public.orders");
  private static final DatasetName ITEMS = DatasetName.parse("shop.public.items");

  private static DatasetPattern pattern(String text) {
    return DatasetPattern.parse(text);
  }

  private static DatasetFilter names(List<String> include, List<String> exclude) {
    return new DatasetFilter(
        include.stream().map(DatasetPattern::parse).toList(),
        exclude.stream().map(DatasetPattern::parse).toList(),
        List.of(),
        List.of());
  }

  @Test
  void leavesOutEvenWhatIsIncluded() {
    DatasetFilter filter = names(List.of("public.*"), List.of("items"));
    assertThat(filter.takes(ORDERS)).isTrue();
    assertThat(filter.takes(ITEMS)).isFalse();
    assertThat(filter.takes(DatasetName.parse("shop.audit.logs"))).isFalse();
  }

  @Test
  void takesAllWhereNothingIsIncluded() {
    assertThat(names(List.of(), List.of("items")).takes(ORDERS)).isTrue();
    assertThat(DatasetFilter.ALL.takes(ITEMS)).isTrue();
    assertThat(DatasetFilter.ALL.takesAll()).isTrue();
    assertThat(names(List.of(), List.of("items")).takesAll()).isFalse();
  }

  @Test
  void findsConditionsAndColumnsByTheFirstThatMatches() {
    DatasetFilter filter =
        new DatasetFilter(
            List.of(),
            List.of(),
            List.of(
                new DatasetFilter.Where(pattern("orders"), "day > '2026-01-01'"),
                new DatasetFilter.Where(pattern("*"), "true")),
            List.of(new DatasetFilter.Columns(pattern("items"), List.of("id", "name"))));
    assertThat(filter.conditionFor(ORDERS)).contains("day > '2026-01-01'");
    assertThat(filter.conditionFor(ITEMS)).contains("true");
    assertThat(filter.columnsFor(ITEMS)).contains(List.of("id", "name"));
    assertThat(filter.columnsFor(ORDERS)).isEmpty();
    assertThat(filter.takesAll()).isFalse();
  }

  private static Throwable overruled(DatasetFilter filter) {
    return catchThrowable(
        () -> filter.refuseOverruled(Stream.of(List.of(ORDERS), List.of(ITEMS, ORDERS))));
  }

  /** Of two that match a dataset the first holds, which nobody wanted who spelt the second out. */
  @Test
  void whatIsSpeltOutAndNeverHoldsIsRefused() {
    DatasetFilter conditions =
        new DatasetFilter(
            List.of(),
            List.of(),
            List.of(
                new DatasetFilter.Where(pattern("orders"), "id < 3"),
                new DatasetFilter.Where(pattern("public.orders"), "id > 5")),
            List.of());
    assertThat(overruled(conditions))
        .isInstanceOfSatisfying(
            GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessage(
            "--where public.orders=id > 5 holds for nothing: --where orders=id < 3 comes first");
    assertThat(overruled(columns("orders", "id", "public.orders", "id,total")))
        .hasMessageContaining("--columns public.orders=id,total")
        .hasMessageContaining("--columns orders=id comes first");
    assertThat(overruled(columns("orders", "id", "public.orders", "id"))).isNull();
    assertThat(overruled(columns("orders", "id", "public.*", "id,total"))).isNull();
    assertThat(overruled(columns("orders", "id", "items", "name"))).isNull();
  }

  private static DatasetFilter columns(String one, String its, String other, String others) {
    return new DatasetFilter(
        List.of(),
        List.of(),
        List.of(),
        List.of(
            new DatasetFilter.Columns(pattern(one), List.of(its.split(","))),
            new DatasetFilter.Columns(pattern(other), List.of(others.split(",")))));
  }

  @Test
  void sameFiltersHaveTheSameScope() {
    assertThat(DatasetFilter.ALL.scope()).isEmpty();
    assertThat(names(List.of("a", "b.*"), List.of("c")).scope())
        .isEqualTo("--include a --include b.* --exclude c")
        .isEqualTo(names(List.of("a", "b.*"), List.of("c")).scope());
    DatasetFilter both =
        new DatasetFilter(
            List.of(),
            List.of(),
            List.of(new DatasetFilter.Where(pattern("a"), "x = 1")),
            List.of(new DatasetFilter.Columns(pattern("b"), List.of("id", "name"))));
    assertThat(both.scope()).isEqualTo("--where a=x = 1 --columns b=id,name");
  }

  @Test
  void renamesTheLastParts() {
    Renames renames =
        new Renames(
            Map.of(
                DatasetName.of("orders"), DatasetName.of("orders_old"),
                DatasetName.of("public", "items"), DatasetName.of("old", "items")));
    assertThat(renames.of(ORDERS)).isEqualTo(DatasetName.parse("shop.public.orders_old"));
    assertThat(renames.of(ITEMS)).isEqualTo(DatasetName.parse("shop.old.items"));
    DatasetName other = DatasetName.parse("shop.audit.items");
    assertThat(renames.of(other)).isEqualTo(other);
    assertThat(renames.of(DatasetName.of("items"))).isEqualTo(DatasetName.of("items"));
    assertThat(Renames.NONE.isEmpty()).isTrue();
  }

  @Test
  void theMorePreciseRenameWins() {
    Renames renames =
        new Renames(
            Map.of(
                DatasetName.of("orders"), DatasetName.of("loose"),
                DatasetName.of("public", "orders"), DatasetName.of("public", "precise")));
    assertThat(renames.of(ORDERS)).isEqualTo(DatasetName.parse("shop.public.precise"));
    assertThat(renames.of(DatasetName.parse("shop.audit.orders")).last()).isEqualTo("loose");
  }

  @Test
  void refusesRenamesOfAnotherLength() {
    assertThatThrownBy(() -> new Renames(Map.of(DatasetName.of("a"), DatasetName.of("b", "c"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a=b.c");
  }
}
