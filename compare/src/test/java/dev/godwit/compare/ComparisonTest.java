package dev.godwit.compare;

import static dev.godwit.testkit.sample.EveryKind.decimal;
import static dev.godwit.testkit.sample.EveryKind.integer;
import static dev.godwit.testkit.sample.EveryKind.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.compare.Difference.Cell;
import dev.godwit.compare.Difference.Kind;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.record.Misfit;
import dev.godwit.testkit.memory.MemoryStore;
import dev.godwit.testkit.memory.Samples;
import dev.godwit.testkit.memory.Shape;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.row.Odd;
import dev.godwit.testkit.row.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a comparison finds, on stores whose every row is given. */
class ComparisonTest {
  private static final Dataset BIRDS =
      Scene.table("birds", List.of("id"), integer("id", 64), text("name"));
  private static final Dataset HEAP = Scene.table("heap", List.of(), text("name"));

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  private static List<Row> birds(int count) {
    return LongStream.range(0, count).mapToObj(id -> Row.of(id, "bird " + id)).toList();
  }

  private DatasetResult only() {
    assertThat(scene.results).hasSize(1);
    return scene.results.get(0);
  }

  @Test
  void equalRowsAreTheSameHoweverTheyAreCutAndWhateverTheirOrder() {
    Samples.fill(scene.a);
    Samples.fill(scene.b);
    List<Row> turned = new ArrayList<>(birds(1000));
    scene.a.put(BIRDS, turned);
    java.util.Collections.reverse(turned);
    scene.b.put(BIRDS, turned);

    CompareReport report = scene.compare();
    assertThat(scene.results).allMatch(DatasetResult::same);
    assertThat(report.same()).isTrue();
    assertThat(report.datasets()).isEqualTo(5);
    assertThat(scene.differences).isEmpty();
  }

  @Test
  void whatIsChangedMissingAndMoreIsNamedInTheOrderOfKeys() {
    List<Row> rows = new ArrayList<>(birds(1000));
    scene.a.put(BIRDS, rows);
    rows.set(20, Row.of(20L, "other"));
    rows.set(3, Row.of(3L, null));
    rows.remove(500);
    rows.add(Row.of(100_000L, "new"));
    scene.b.put(BIRDS, rows);

    assertThat(scene.compare().exitCode().status()).isEqualTo(4);
    assertThat(only())
        .isEqualTo(
            new DatasetResult(
                DatasetName.of("shop", "birds"), 1000, 1000, 1, 1, 2, List.of(), "", false));
    assertThat(scene.differences)
        .extracting(Difference::kind)
        .containsExactly(Kind.CHANGED, Kind.CHANGED, Kind.ONLY_IN_A, Kind.ONLY_IN_B);
    assertThat(scene.differences.get(0))
        .isEqualTo(
            new Difference(
                DatasetName.of("shop", "birds"),
                Kind.CHANGED,
                1,
                List.of(new Cell("id", new BigDecimal(3))),
                List.of(new Cell("name", "bird 3")),
                List.of(new Cell("name", null))));
    assertThat(scene.differences.get(3).b()).containsExactly(new Cell("name", "new"));
  }

  /** An exclusive or of hashes would be the same for 2 equal rows, for 4, and for none. */
  @Test
  void equalRowsWithoutKeyAreCounted() {
    scene.a.put(HEAP, List.of(Row.of("x"), Row.of("x"), Row.of("y")));
    scene.b.put(HEAP, List.of(Row.of("x"), Row.of("x"), Row.of("x"), Row.of("x"), Row.of("y")));
    scene.compare();
    assertThat(only().onlyInB()).isEqualTo(2);
    assertThat(scene.differences)
        .containsExactly(
            new Difference(
                DatasetName.of("shop", "heap"),
                Kind.ONLY_IN_B,
                2,
                List.of(),
                List.of(),
                List.of(new Cell("name", "x"))));
  }

  /** As many rows on both sides: only the sum of the hashes can tell them apart. */
  @Test
  void pairsOfEqualRowsDoNotCancelEachOther() {
    scene.a.put(HEAP, List.of(Row.of("x"), Row.of("x")));
    scene.b.put(HEAP, List.of(Row.of("y"), Row.of("y")));
    scene.compare();
    assertThat(only().onlyInA()).isEqualTo(2);
    assertThat(only().onlyInB()).isEqualTo(2);

    Buckets two = new Buckets(6);
    Buckets none = new Buckets(6);
    two.add(0, 5, 7);
    two.add(0, 5, 7);
    none.add(0, 9, 9);
    none.add(0, 9, 9);
    assertThat(two.differing(none).cardinality()).isEqualTo(1);
  }

  @Test
  void columnsAreMatchedByNameAndValuesComparedWhateverTheirWidth() {
    scene.a.put(
        Scene.table("t", List.of("id"), integer("id", 32), decimal("n", 20, 2), text("s")),
        List.of(Row.of(1L, new BigDecimal("5.00"), "a")));
    scene.b.put(
        Scene.table("t", List.of("id"), text("s"), integer("id", 64), decimal("n", 60, 5)),
        List.of(Row.of("a", 1L, new BigDecimal("5.00000"))));
    assertThat(scene.compare().same()).isTrue();
  }

  @Test
  void otherColumnsAreADifferenceAndTheOthersAreStillCompared() {
    scene.a.put(
        Scene.table("t", List.of("id"), integer("id", 32), text("x"), text("mine")),
        List.of(Row.of(1L, "5", "m"), Row.of(2L, "6", "m")));
    scene.b.put(
        Scene.table("t", List.of("id"), integer("id", 32), integer("x", 32), text("yours")),
        List.of(Row.of(1L, 5L, "y")));
    scene.compare();
    assertThat(only().same()).isFalse();
    assertThat(only().onlyInA()).isEqualTo(1);
    assertThat(only().changed()).isZero();
    assertThat(only().schema())
        .containsExactly(
            "column x cannot be compared: text in A, int32 in B",
            "column mine is only in A",
            "column yours is only in B");
  }

  @Test
  void aMisfitIsNoNullAndOneKindIsNotAnother() {
    Dataset numbers = Scene.table("n", List.of("id"), integer("id", 64), decimal("n", 10, 2));
    Odd nan = new Odd(Misfit.Kind.NAN, new Bytes("NaN".getBytes(UTF_8)));
    Odd infinite = new Odd(Misfit.Kind.POS_INF, new Bytes("Infinity".getBytes(UTF_8)));
    scene.a.put(numbers, List.of(Row.of(1L, nan), Row.of(2L, nan), Row.of(3L, nan)));
    scene.b.put(numbers, List.of(Row.of(1L, nan), Row.of(2L, null), Row.of(3L, infinite)));
    scene.compare();
    assertThat(only().changed()).isEqualTo(2);
    assertThat(scene.differences.get(0).a().get(0).value().toString()).contains("NAN");
    assertThat(scene.differences.get(0).b().get(0).value()).isNull();
  }

  @Test
  void datasetsOfOneSideAreDifferencesAndRenamedOnesAreFound() {
    scene.a.put(BIRDS, birds(10));
    scene.b.put(BIRDS.named(DatasetName.of("shop", "fowl")), birds(10));
    scene.compare();
    assertThat(scene.results).extracting(DatasetResult::rowsA).containsExactly(10L, -1L);
    assertThat(scene.results).extracting(DatasetResult::rowsB).containsExactly(-1L, 10L);

    Renames renames = new Renames(Map.of(DatasetName.of("birds"), DatasetName.of("fowl")));
    assertThat(
            scene
                .compare(scene.read(scene.a, ""), scene.read(scene.b, ""), renames, 1 << 30)
                .same())
        .isTrue();
  }

  /** The table has room for 1,024 rows: it is gone through range by range of key hashes. */
  @Test
  void moreDifferencesThanMemoryTakesAreCountedInSeveralReadings() {
    List<Row> rows = birds(20_000);
    scene.a.put(BIRDS, rows);
    scene.b.put(BIRDS, rows.stream().map(r -> Row.of(r.get(0), r.get(1) + "!")).toList());
    scene.a.put(HEAP, rows.stream().map(r -> Row.of(r.get(1))).toList());
    scene.b.put(HEAP, List.of());
    scene.compare(
        scene.read(scene.a, "?batch-rows=500&partition-rows=2000"),
        scene.read(scene.b, "?batch-rows=500&partition-rows=2000"),
        Renames.NONE,
        1 << 16);
    assertThat(scene.results.get(0).changed()).isEqualTo(20_000);
    assertThat(scene.results.get(0).differences()).isEqualTo(20_000);
    assertThat(scene.results.get(1).onlyInA()).isEqualTo(20_000);
    assertThat(scene.differences.subList(0, 5))
        .extracting(d -> d.key().get(0).value().toString())
        .containsExactly("0", "1", "2", "3", "4");
  }

  @Test
  void aKeyThatIsNoneOnTheOtherSideIsNotReliedOn() {
    scene.a.put(BIRDS, birds(3000));
    scene.b.put(
        Scene.table("birds", List.of(), integer("id", 64), text("name")),
        birds(3000).stream().map(r -> Row.of(7L, r.get(1))).toList());
    scene.compare(scene.read(scene.a, ""), scene.read(scene.b, ""), Renames.NONE, 1 << 16);
    // Bird 7 is what both sides have; rows of key 7 are paired with it or with nothing.
    assertThat(only().onlyInA() + only().changed()).isEqualTo(2999);
    assertThat(only().onlyInB() + only().changed()).isEqualTo(2999);
  }

  @Test
  void aSourceThatShowsNoOneInstantSaysSo() {
    MemoryStore zoo = Samples.fill(scene.store(Shape.DOCUMENTS));
    CompareReport report =
        scene.compare(scene.read(zoo, ""), scene.read(zoo, ""), Renames.NONE, 1 << 30);
    assertThat(report.same()).isTrue();
    assertThat(report.remarks()).hasSize(2).allMatch(r -> r.contains("PER_PARTITION"));

    MemoryStore stream = Samples.fill(scene.store(Shape.STREAM));
    assertThatThrownBy(
            () -> scene.compare(scene.read(stream, ""), scene.read(zoo, ""), Renames.NONE, 1 << 30))
        .isInstanceOf(GodwitException.class)
        .hasMessageContaining("read only once");
  }

  @Test
  void nothingComparedIsNoSuccess() {
    assertThatThrownBy(scene::compare).hasMessageContaining("nothing was compared");
  }

  private static Dataset part(String name, boolean says, Field... fields) {
    Dataset plain = Scene.table(name, List.of("id"), fields);
    return new Dataset(
        plain.name(),
        plain.kind(),
        plain.schema(),
        List.of(),
        plain.key(),
        List.of(),
        List.of(),
        "",
        Dataset.Estimate.UNKNOWN,
        says ? Map.of(Dataset.PLACED_WITHIN, "shop.all") : Map.of());
  }

  /** Snapshots of older versions do not say it, so that it is enough where one side does. */
  @Test
  void partsWhoseRecordsLieElsewhereAreHeldAgainstEachOtherTogether() {
    scene.a.put(part("p0", false, integer("id", 64), text("name")), birds(100));
    scene.a.put(part("p1", false, text("name"), integer("id", 64)), List.of(Row.of("x", 100L)));
    scene.a.put(part("p2", false, integer("id", 64), text("name")), List.of());
    scene.b.put(part("p0", true, text("name"), integer("id", 64)), List.of(Row.of("bird 0", 0L)));
    scene.b.put(part("p1", true, integer("id", 64), text("name")), birds(100).subList(1, 100));
    scene.b.put(part("p2", true, integer("id", 64), text("name")), List.of(Row.of(100L, "y")));

    CompareReport report = scene.compare();
    assertThat(report.datasets()).isEqualTo(1);
    assertThat(only().name()).isEqualTo(DatasetName.of("shop", "all"));
    assertThat(only().rowsA()).isEqualTo(101);
    assertThat(only().rowsB()).isEqualTo(101);
    assertThat(scene.differences)
        .containsExactly(
            new Difference(
                DatasetName.of("shop", "all"),
                Kind.CHANGED,
                1,
                List.of(new Cell("id", BigDecimal.valueOf(100))),
                List.of(new Cell("name", "x")),
                List.of(new Cell("name", "y"))));
  }

  @Test
  void partsWithOtherColumnsStayApart() {
    scene.a.put(part("p0", true, integer("id", 64), text("name")), birds(10));
    scene.a.put(part("p1", true, integer("id", 64)), List.of(Row.of(10L)));
    scene.b.put(part("p0", true, integer("id", 64), text("name")), birds(10));
    scene.b.put(part("p1", true, integer("id", 64)), List.of(Row.of(10L)));
    assertThat(scene.compare().same()).isTrue();
    assertThat(scene.results).hasSize(2);
  }
}
