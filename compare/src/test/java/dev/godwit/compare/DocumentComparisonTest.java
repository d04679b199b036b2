package dev.godwit.compare;

import static dev.godwit.testkit.sample.EveryKind.integer;
import static dev.godwit.testkit.sample.EveryKind.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.compare.Difference.Cell;
import dev.godwit.compare.Difference.Kind;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.record.Fields;
import dev.godwit.testkit.memory.MemoryStore;
import dev.godwit.testkit.memory.Shape;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.sample.EveryKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents held against documents, and against rows. */
class DocumentComparisonTest {
  private final Scene scene = new Scene();
  private final MemoryStore left = scene.store(Shape.DOCUMENTS);
  private final MemoryStore right = scene.store(Shape.DOCUMENTS);

  @AfterEach
  void close() {
    scene.close();
  }

  private static Dataset collection(String name) {
    Schema schema = new Schema(List.of(Fields.bson("document", "document")));
    return Dataset.of(DatasetName.of("shop", name), "collection", schema);
  }

  private static byte[] bytes(String json) {
    ByteBuffer raw = RawBsonDocument.parse(json).getByteBuffer().asNIO();
    byte[] bytes = new byte[raw.remaining()];
    raw.get(bytes);
    return bytes;
  }

  private static List<Row> rows(String... documents) {
    return Stream.of(documents).map(json -> Row.of(new Bytes(bytes(json)))).toList();
  }

  private CompareReport compare() {
    return scene.compare(
        scene.read(left, ""),
        scene.read(right, "?batch-rows=3&partition-rows=11"),
        Renames.NONE,
        1 << 30);
  }

  private void both(String a, String b) {
    left.put(collection("birds"), rows(a));
    right.put(collection("birds"), rows(b));
  }

  private static List<String> told(List<Cell> cells) {
    return cells.stream()
        .map(
            cell ->
                cell.column()
                    + "="
                    + (cell.value() instanceof ExtendedJson json ? json.text() : cell.value()))
        .toList();
  }

  @Test
  void theSameDocumentsAreTheSameInAnyOrder() {
    List<Row> birds =
        new ArrayList<>(
            IntStream.range(0, 300)
                .mapToObj(id -> rows("{_id: %d, name: 'bird %d'}".formatted(id, id)).get(0))
                .toList());
    left.put(collection("birds"), birds);
    Collections.reverse(birds);
    right.put(collection("birds"), birds);
    assertThat(compare().same()).isTrue();
  }

  @Test
  void documentsArePairedByTheirIdAndToldFieldByField() {
    left.put(
        collection("birds"),
        rows("{_id: 1, a: 1, b: 'x', c: [1]}", "{_id: 2, e: 'egg'}", "{_id: {k: 3}, a: 5}"));
    right.put(
        collection("birds"),
        rows("{_id: 1, a: 2, b: 'x', d: null}", "{_id: {k: 3}, a: 5}", "{_id: 'new', n: 1}"));
    assertThat(compare().exitCode().status()).isEqualTo(4);
    assertThat(scene.differences).hasSize(3);
    Difference changed = scene.differences.get(0);
    assertThat(changed.kind()).isEqualTo(Kind.CHANGED);
    assertThat(told(changed.key())).containsExactly("_id=1");
    assertThat(told(changed.a())).containsExactly("a=1", "c=[1]", "d=FIELD");
    assertThat(told(changed.b())).containsExactly("a=2", "c=FIELD", "d=null");
    assertThat(scene.differences.get(1).kind()).isEqualTo(Kind.ONLY_IN_A);
    assertThat(told(scene.differences.get(1).key())).containsExactly("_id=2");
    assertThat(scene.differences.get(2).kind()).isEqualTo(Kind.ONLY_IN_B);
    assertThat(told(scene.differences.get(2).key())).containsExactly("_id=\"new\"");
    assertThat(told(scene.differences.get(2).b())).containsExactly("n=1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {_id: 1, a: 5} | {_id: 1, a: {$numberLong: '5'}} | a={"$numberInt": "5"} | a={"$numberLong": "5"}
          {_id: 1, a: 1, b: 2} | {_id: 1, b: 2, a: 1} | the order of fields=_id, a, b | the order of fields=_id, b, a
          {_id: 1, a: {x: 1, y: 2}} | {_id: 1, a: {y: 2, x: 1}} | a={"x": 1, "y": 2} | a={"y": 2, "x": 1}
          {_id: 1, a: 'egg'} | {_id: {$numberLong: '1'}, a: 'egg'} | _id={"$numberInt": "1"} | _id={"$numberLong": "1"}
          {_id: 1, d: {$numberDecimal: '1.0'}} | {_id: 1, d: {$numberDecimal: '1.00'}} | d={"$numberDecimal": "1.0"} | d={"$numberDecimal": "1.00"}
          """)
  void typesAndOrderCountAndAreSeen(String a, String b, String inA, String inB) {
    both(a, b);
    assertThat(compare().same()).isFalse();
    assertThat(scene.differences)
        .hasSize(1)
        .first()
        .extracting(Difference::kind)
        .isEqualTo(Kind.CHANGED);
    assertThat(told(scene.differences.get(0).a())).containsExactly(inA);
    assertThat(told(scene.differences.get(0).b())).containsExactly(inB);
  }

  @Test
  void whatExtendedJsonCannotTellIsToldByItsBytes() {
    byte[] one = bytes("{_id: 1, n: {$numberDouble: 'NaN'}}");
    byte[] other = one.clone();
    other[other.length - 9] = 1; // the payload
    left.put(collection("birds"), List.of(Row.of(new Bytes(one))));
    right.put(collection("birds"), List.of(Row.of(new Bytes(other))));
    assertThat(compare().same()).isFalse();
    assertThat(scene.differences.get(0).a().get(0).value())
        .isNotEqualTo(scene.differences.get(0).b().get(0).value());
  }

  @Test
  void aLargeDocumentIsComparedWhole() {
    byte[] letters = new byte[9 << 20];
    java.util.Arrays.fill(letters, (byte) 'x');
    String text = new String(letters, java.nio.charset.StandardCharsets.US_ASCII);
    byte[] large = bytes("{_id: 7, t: '" + text + "'}");
    left.put(collection("birds"), List.of(Row.of(LargeBytes.held(large))));
    right.put(collection("birds"), List.of(Row.of(LargeBytes.held(large))));
    assertThat(compare().same()).isTrue();
    byte[] changed = large.clone();
    changed[changed.length - 3] = 'y';
    right.put(collection("birds"), List.of(Row.of(LargeBytes.held(changed))));
    assertThat(compare().same()).isFalse();
    assertThat(told(scene.differences.get(0).key())).containsExactly("_id=7");
  }

  /** What its columns are called does not make a table one that documents became. */
  @Test
  void aTableWithColumnsOfTheseNamesIsHeldAgainstItsDocumentsAsAnyOther() {
    MemoryStore rows = scene.a;
    rows.put(
        Scene.table("texts", List.of("_id"), integer("_id", 32), text("document")),
        List.of(Row.of(1L, "x")));
    rows.put(
        Scene.table("nulls", List.of("_id"), text("_id"), Fields.json("document", "jsonb")),
        List.of(Row.of("knot of 1", "{\"a\": true}"), Row.of("dunlin of 2", null)));
    rows.put(
        Scene.table("others", List.of("k"), text("k"), text("document"), integer("_id", 32)),
        List.of(Row.of("knot of 1", "x", 7L)));
    left.put(collection("texts"), rows("{_id: 1, document: 'x'}"));
    left.put(
        collection("nulls"),
        rows("{_id: 'knot of 1', document: {a: true}}", "{_id: 'dunlin of 2'}"));
    left.put(collection("others"), rows("{_id: 'knot of 1', document: 'x', _id_: 7}"));
    CompareReport report =
        scene.compare(scene.read(rows, ""), scene.read(left, ""), Renames.NONE, 1 << 30);
    assertThat(scene.differences).isEmpty();
    assertThat(report.same()).isTrue();
  }

  @Test
  void rowsAreComparedAsTheDocumentsThatTheyBecome() {
    Dataset birds = Scene.table("birds", List.of("id"), integer("id", 64), text("name"));
    scene.a.put(birds, List.of(Row.of(1L, "knot"), Row.of(2L, null), Row.of(3L, "ruff")));
    right.put(
        collection("birds"),
        rows(
            "{_id: {$numberLong: '1'}, name: 'knot'}",
            "{_id: {$numberLong: '2'}, name: 'dunlin'}",
            "{_id: {$numberLong: '4'}, name: 'ruff'}"));
    for (boolean turned : List.of(false, true)) {
      ComparedRun typed = scene.read(scene.a, "");
      ComparedRun documents = scene.read(right, "");
      CompareReport report =
          scene.compare(
              turned ? documents : typed, turned ? typed : documents, Renames.NONE, 1 << 30);
      assertThat(report.different()).isEqualTo(1);
      assertThat(scene.results.get(0).changed()).isEqualTo(1);
      assertThat(scene.results.get(0).onlyInA()).isEqualTo(1);
      assertThat(scene.results.get(0).onlyInB()).isEqualTo(1);
      assertThat(told(scene.differences.get(0).key())).containsExactly("_id=2");
      assertThat(told(turned ? scene.differences.get(0).b() : scene.differences.get(0).a()))
          .containsExactly("name=null");
    }
  }

  @Test
  void whatTheDocumentsCannotHoldIsComparedAsItIsMovedAndRemarked() {
    Dataset birds =
        Scene.table(
            "birds", List.of("id"), integer("id", 64), EveryKind.schema().findField("local"));
    scene.a.put(birds, List.of(Row.of(1L, 1_767_225_600_000_001L)));
    right.put(
        collection("birds"),
        rows("{_id: {$numberLong: '1'}, local: {$date: '2026-01-01T00:00:00Z'}}"));
    CompareReport report =
        scene.compare(scene.read(scene.a, ""), scene.read(right, ""), Renames.NONE, 1 << 30);
    assertThat(report.same()).isTrue();
    assertThat(report.remarks())
        .anyMatch(remark -> remark.contains("1 value was compared as") && remark.contains("local"));
  }

  @Test
  void anIdThatWasMadeUpSaysNothing() {
    Dataset heap = Scene.table("birds", List.of(), text("name"));
    scene.a.put(heap, List.of(Row.of("knot"), Row.of("ruff"), Row.of("ruff")));
    right.put(
        collection("birds"),
        rows("{_id: 1, name: 'ruff'}", "{_id: 2, name: 'knot'}", "{_id: 3, name: 'ruff'}"));
    assertThat(
            scene
                .compare(scene.read(scene.a, ""), scene.read(right, ""), Renames.NONE, 1 << 30)
                .same())
        .isTrue();
    right.put(
        collection("birds"),
        rows("{_id: 1, name: 'ruff'}", "{_id: 2, name: 'knot'}", "{_id: 3, name: 'knot'}"));
    assertThat(
            scene
                .compare(scene.read(scene.a, ""), scene.read(right, ""), Renames.NONE, 1 << 30)
                .same())
        .isFalse();
  }

  @Test
  void kindsThatDivideNamesOtherwiseArePairedByTheLastPart() {
    Dataset birds = Scene.table("birds", List.of("id"), integer("id", 64));
    scene.a.put(birds.named(DatasetName.of("shop", "public", "birds")), List.of(Row.of(1L)));
    right.put(collection("birds"), rows("{_id: {$numberLong: '1'}}"));
    ComparedRun typed = scene.read(scene.a, "");
    ComparedRun documents = scene.read(right, "");
    assertThat(scene.compare(typed, documents, Renames.NONE, 1 << 30).same()).isTrue();
    assertThat(scene.compare(documents, typed, Renames.NONE, 1 << 30).same()).isTrue();
    scene.a.put(birds.named(DatasetName.of("shop", "old", "birds")), List.of(Row.of(1L)));
    ComparedRun two = scene.read(scene.a, "");
    assertThatThrownBy(() -> scene.compare(two, documents, Renames.NONE, 1 << 30))
        .isInstanceOf(GodwitException.class)
        .hasMessageContaining("two datasets of A");
    assertThatThrownBy(() -> scene.compare(documents, two, Renames.NONE, 1 << 30))
        .isInstanceOf(GodwitException.class)
        .hasMessageContaining("of B");
    Renames apart =
        new Renames(Map.of(DatasetName.of("old", "birds"), DatasetName.of("old", "birds_old")));
    assertThat(scene.compare(two, documents, apart, 1 << 30).different()).isEqualTo(1);
    assertThat(scene.results).anyMatch(r -> r.rowsB() < 0).anyMatch(DatasetResult::same);
  }
}
