package dev.godwit.mapping.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.Converted;
import dev.godwit.mapping.Converted.Noted;
import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.document.DocumentShape.Absence;
import dev.godwit.mapping.document.DocumentShape.ShapeField;
import dev.godwit.mapping.document.DocumentShape.ShapeType;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Odd;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.row.RowReader;
import dev.godwit.testkit.sample.OddDocuments;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents become rows; with a shape, rows of typed columns. */
class DocumentsToRowsTest {
  private static final RecordForm.Rows FORM =
      field -> new Placement(field, Placement.Fidelity.EXACT, "");
  private static final Dataset DOCUMENTS =
      Dataset.of(
          Converted.rows(List.of()).name(),
          "collection",
          Converted.rows(List.of(), Fields.bson("document", "document")).schema());

  private final Noted losses = new Noted(OnLossy.FAIL);

  static byte[] bson(String json) {
    ByteBuffer raw = RawBsonDocument.parse(json).getByteBuffer().asNIO();
    byte[] bytes = new byte[raw.remaining()];
    raw.get(bytes);
    return bytes;
  }

  private static List<Row> given(List<byte[]> documents) {
    return documents.stream().map(bytes -> Row.of(new Bytes(bytes))).toList();
  }

  private static Conversion conversion(DocumentShape shape, FieldChoice... choices) {
    return Converted.of(DOCUMENTS, FORM, OnLossy.FAIL, shape, choices);
  }

  private static DocumentShape shape(List<byte[]> documents) {
    return Converted.shape(DOCUMENTS, given(documents));
  }

  private List<Row> flattened(String... json) {
    List<byte[]> documents = Arrays.stream(json).map(DocumentsToRowsTest::bson).toList();
    return flattened(documents, documents, losses);
  }

  private static List<Row> flattened(List<byte[]> learned, List<byte[]> moved, Noted losses) {
    return Converted.through(conversion(shape(learned)), DOCUMENTS, given(moved), losses, 0);
  }

  private static Row row(byte[] document, Noted losses) {
    return Converted.through(conversion(null), DOCUMENTS, given(List.of(document)), losses, 0)
        .get(0);
  }

  @Test
  void aFewLongDocumentsMakeABatch() {
    byte[] document = bson("{_id: 7, text: '" + "x".repeat(3 << 20) + "'}");
    List<Row> rows = given(java.util.Collections.nCopies(20, document));
    List<Integer> batches = new java.util.ArrayList<>();
    try (BufferAllocator allocator = new RootAllocator();
        RecordReader reader =
            conversion(null)
                .reading(
                    Partition.whole(DOCUMENTS.name()),
                    new RowReader(
                        DOCUMENTS.schema(), rows.iterator(), 7, allocator, new Cancellation()),
                    losses,
                    allocator)) {
      for (RecordItem item; (item = reader.next()) != null; ) {
        batches.add(((RecordBatch) item).rowCount());
      }
    }
    assertThat(batches).containsOnly(2).hasSize(10);
  }

  @Test
  void aDocumentIsItsIdAndTheRest() {
    assertThat(row(bson("{_id: 7, b: 1, aa: 2, a: [1, {c: null}]}"), losses))
        .isEqualTo(Row.of("7", "{\"a\": [1, {\"c\": null}], \"b\": 1, \"aa\": 2}"));
    Dataset made = conversion(null).dataset();
    assertThat(made.key()).containsExactly("_id");
    assertThat(made.required()).containsExactly("_id", "document");
    assertThat(made.schema().getFields())
        .extracting(Field::getName)
        .containsExactly("_id", "document");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{$oid: '0102030405060708090a0b0c'} | 0102030405060708090a0b0c",
        "'0102030405060708090a0b0c' | \"0102030405060708090a0b0c\"",
        "'plain text' | plain text",
        "'' | \"\"",
        "'7' | \"7\"",
        "'{' | \"{\"",
        "'[1]' | \"[1]\"",
        "'true' | \"true\"",
        "true | true",
        "null | null",
        "'null' | \"null\"",
        "-7 | -7",
        "{$numberLong: '7'} | 7",
        "{$numberDouble: '7.0'} | 7.0",
        "{$numberDouble: '-0.0'} | {\"$numberDouble\": \"-0.0\"}",
        "{$numberDouble: 'NaN'} | {\"$numberDouble\": \"NaN\"}",
        "{$numberDecimal: '7.0'} | {\"$numberDecimal\": \"7.0\"}",
        "{$numberDecimal: '-0E+3'} | {\"$numberDecimal\": \"-0E+3\"}",
        "{b: 1, a: 'x'} | {\"b\": 1, \"a\": \"x\"}",
        "{a: 'x', b: 1} | {\"a\": \"x\", \"b\": 1}",
        "{a: [{$numberDecimal: '1'}, {$oid: '0102030405060708090a0b0c'}]}"
            + " | {\"a\": [{\"$numberDecimal\": \"1\"}, {\"$oid\": \"0102030405060708090a0b0c\"}]}",
        "{$date: 0} | {\"$date\": {\"$numberLong\": \"0\"}}",
        "{$uuid: '00112233-4455-6677-8899-aabbccddeeff'}"
            + " | {\"$binary\": {\"base64\": \"ABEiM0RVZneImaq7zN3u/w==\", \"subType\": \"04\"}}",
      })
  void idsOfAnyTypeHaveATextOfTheirOwn(String json, String text) {
    assertThat(row(bson("{_id: " + json + "}"), losses)).isEqualTo(Row.of(text, "{}"));
  }

  @Test
  void idsThatLookAlikeAreToldApart() {
    List<String> texts = new ArrayList<>();
    Map<String, byte[]> ids = OddDocuments.ids();
    ids.remove("signalling NaN"); // to a server it is the same as any other NaN
    for (byte[] document : ids.values()) {
      texts.add((String) row(document, losses).get(0));
    }
    byte[] zero = OddDocuments.element(2, "_id", OddDocuments.int32(2), new byte[] {0, 0});
    byte[] odd = OddDocuments.element(2, "_id", OddDocuments.int32(2), new byte[] {-1, 0});
    for (byte[] id : List.of(zero, odd)) {
      texts.add((String) row(OddDocuments.document(id), losses).get(0));
    }
    byte[] lookAlike =
        OddDocuments.element(
            2, "$oid", OddDocuments.int32(3), "ff\0".getBytes(StandardCharsets.US_ASCII));
    texts.add(
        (String)
            row(
                    OddDocuments.document(
                        OddDocuments.element(3, "_id", OddDocuments.document(lookAlike))),
                    losses)
                .get(0));
    assertThat(texts)
        .doesNotHaveDuplicates()
        .contains("\"\\u0000\"", "\"\\xff\"", "{\"\\u0024oid\": \"ff\"}");
    assertThat(losses.lost).isEmpty();
  }

  @Test
  void typesThatAllShareAreColumns() {
    List<byte[]> documents =
        List.of(
            bson(
                "{_id: {$oid: '0102030405060708090a0b0c'}, i: 1, l: {$numberLong: '1'}, d: 0.5,"
                    + " n: {$numberDecimal: '1.50'}, b: true, s: 'x', t: {$date: -1},"
                    + " u: {$uuid: '00112233-4455-6677-8899-aabbccddeeff'},"
                    + " x: {$binary: {base64: 'AQI=', subType: '00'}},"
                    + " o: {$oid: '0102030405060708090a0b0c'}, w: {$numberLong: '1'},"
                    + " mixed: 1, nested: {a: 1}, document: 1}"),
            bson("{_id: {$oid: '0102030405060708090a0b0d'}, w: 2, mixed: 'x', s: null}"));
    DocumentShape shape = shape(documents);
    assertThat(shape.id()).contains(ShapeType.OBJECT_ID);
    assertThat(shape.fields())
        .containsExactly(
            new ShapeField("i", ShapeType.INT32, Absence.MISSING),
            new ShapeField("l", ShapeType.INT64, Absence.MISSING),
            new ShapeField("d", ShapeType.DOUBLE, Absence.MISSING),
            new ShapeField("n", ShapeType.DECIMAL, Absence.MISSING),
            new ShapeField("b", ShapeType.BOOL, Absence.MISSING),
            new ShapeField("s", ShapeType.STRING, Absence.NULL),
            new ShapeField("t", ShapeType.DATE, Absence.MISSING),
            new ShapeField("u", ShapeType.UUID, Absence.MISSING),
            new ShapeField("x", ShapeType.BINARY, Absence.MISSING),
            new ShapeField("o", ShapeType.OBJECT_ID, Absence.MISSING),
            new ShapeField("w", ShapeType.INT64, Absence.MISSING));
    byte[] uuid = new byte[16];
    for (int i = 0; i < 16; i++) {
      uuid[i] = (byte) (i * 0x11);
    }
    assertThat(flattened(documents, documents, losses))
        .containsExactly(
            Row.of(
                "0102030405060708090a0b0c",
                1L,
                1L,
                0.5,
                "1.50",
                true,
                "x",
                -1000L,
                new Bytes(uuid),
                new Bytes(new byte[] {1, 2}),
                "0102030405060708090a0b0c",
                1L,
                "{\"mixed\": 1, \"nested\": {\"a\": 1}, \"document\": 1}"),
            Row.of(
                "0102030405060708090a0b0d",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                2L,
                "{\"mixed\": \"x\"}"));
  }

  @Test
  void missingAndNullAreKeptApart() {
    assertThat(flattened("{_id: 1, a: 1, b: null}", "{_id: 2, a: null, b: 1}", "{_id: 3, b: 2}"))
        .containsExactly(
            Row.of(1L, 1L, null, "{}"),
            Row.of(2L, null, 1L, "{\"a\": null}"),
            Row.of(3L, null, 2L, "{}"));
  }

  @Test
  void whatAColumnDoesNotHoldStaysInTheRest() {
    assertThat(
            flattened(
                "{_id: 1, n: {$numberDecimal: '1E+3'}, t: {$date: 0}}",
                "{_id: 2, n: {$numberDecimal: '-0.00'}, t: {$date: {$numberLong: '9223372036854775807'}}}",
                "{_id: 3, n: {$numberDecimal: 'NaN'}, t: {$date: {$numberLong: '-210866803200001'}}}",
                "{_id: 4, n: {$numberDecimal: '-Infinity'}, t: {$date: {$numberLong: '-210866803200000'}}}",
                "{_id: 5, n: {$numberDecimal: '1E-6176'}}"))
        .containsExactly(
            Row.of(1L, "1000", 0L, "{}"),
            Row.of(
                2L,
                null,
                null,
                "{\"n\": {\"$numberDecimal\": \"-0.00\"}, \"t\": {\"$date\": {\"$numberLong\":"
                    + " \"9223372036854775807\"}}}"),
            Row.of(
                3L,
                odd(Misfit.Kind.NAN, "NaN"),
                null,
                "{\"t\": {\"$date\": {\"$numberLong\": \"-210866803200001\"}}}"),
            Row.of(4L, odd(Misfit.Kind.NEG_INF, "-Infinity"), -210866803200000000L, "{}"),
            Row.of(5L, new BigDecimal("1E-6176").toPlainString(), null, "{}"));
    assertThat(losses.lost).isEmpty();
  }

  private static Odd odd(Misfit.Kind kind, String text) {
    return new Odd(kind, new Bytes(text.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void doublesKeepTheirBits() {
    long[] bits = {
      Double.doubleToRawLongBits(-0.0), 0x7FF8_0000_0000_BEEFL, 0xFFF4_0000_0000_0001L, 1L
    };
    List<byte[]> documents = new ArrayList<>();
    for (int i = 0; i < bits.length; i++) {
      ByteBuffer value = ByteBuffer.allocate(8).order(java.nio.ByteOrder.LITTLE_ENDIAN);
      documents.add(
          OddDocuments.document(
              OddDocuments.element(0x10, "_id", OddDocuments.int32(i)),
              OddDocuments.element(1, "d", value.putLong(bits[i]).array())));
    }
    List<Row> rows = flattened(documents, documents, losses);
    for (int i = 0; i < bits.length; i++) {
      assertThat(Double.doubleToRawLongBits((Double) rows.get(i).get(1))).isEqualTo(bits[i]);
    }
  }

  @Test
  void aDocumentThatChangedSinceItsShapeWasLearnedIsStillTold() {
    List<byte[]> learned = List.of(bson("{_id: 1, a: 1, b: null}"), bson("{_id: 2, a: 1, b: 'x'}"));
    assertThat(flattened(learned, List.of(bson("{_id: 1, a: 'now text', b: 'y', c: 1}")), losses))
        .containsExactly(Row.of(1L, null, "y", "{\"a\": \"now text\", \"c\": 1}"));
    Noted warned = new Noted(OnLossy.WARN);
    assertThat(flattened(learned, List.of(bson("{_id: 1, a: 1}")), warned))
        .containsExactly(Row.of(1L, 1L, null, "{}"));
    assertThat(warned.lost).singleElement().asString().contains("b of _id=1: it is missing");
    assertThatThrownBy(() -> flattened(learned, List.of(bson("{_id: 'x', a: 1, b: null}")), losses))
        .isInstanceOf(GodwitException.class)
        .hasMessageContaining("its _id is of another type");
  }

  @Test
  void anIdThatItsColumnWouldNotHoldMakesAllOfThemText() {
    assertThat(shape(List.of(bson("{_id: 1}"), bson("{_id: 'x'}"))).id()).isEmpty();
    assertThat(shape(List.of(bson("{_id: {$date: {$numberLong: '9223372036854775807'}}}"))).id())
        .isEmpty();
    assertThat(shape(List.of(bson("{_id: {$numberDecimal: 'NaN'}}"))).id()).isEmpty();
    assertThat(shape(List.of(bson("{_id: 'a\\u0000b'}"))).id()).isEmpty();
    assertThat(shape(List.of(bson("{_id: 1}"), bson("{_id: {$numberLong: '2'}}"))).id())
        .contains(ShapeType.INT64);
  }

  @Test
  void fieldsThatCannotBeColumnsStayInTheRest() {
    byte[] twice =
        OddDocuments.document(
            OddDocuments.element(0x10, "_id", OddDocuments.int32(1)),
            OddDocuments.element(0x10, "k", OddDocuments.int32(1)),
            OddDocuments.element(0x10, "k", OddDocuments.int32(2)),
            OddDocuments.element(0x10, "", OddDocuments.int32(3)),
            OddDocuments.element(0x10, "n".repeat(64), OddDocuments.int32(4)),
            OddDocuments.element(0x10, "a.b", OddDocuments.int32(5)),
            OddDocuments.element(0x10, "$c", OddDocuments.int32(6)));
    assertThat(shape(List.of(twice)).fields())
        .extracting(ShapeField::name)
        .containsExactly("a.b", "$c");
    Noted warned = new Noted(OnLossy.WARN);
    assertThat(flattened(List.of(twice), List.of(twice), warned).get(0))
        .isEqualTo(Row.of(1L, 5L, 6L, "{\"\": 3, \"k\": 2, \"" + "n".repeat(64) + "\": 4}"));
    assertThat(warned.lost).singleElement().asString().contains("the name k comes twice");
  }

  @Test
  void onlySoManyFieldsAreColumns() {
    StringBuilder json = new StringBuilder("{_id: 1");
    for (int i = 0; i < ShapeLearner.MOST + 50; i++) {
      json.append(", f").append(i).append(": ").append(i);
    }
    Row row = flattened(json + "}").get(0);
    assertThat(row.get(ShapeLearner.MOST)).isEqualTo(ShapeLearner.MOST - 1L);
    assertThat((String) row.get(ShapeLearner.MOST + 1)).startsWith("{\"f400\": 400, ");
  }

  @Test
  void aZeroCharacterIsRefusedLeftOutOrSpelled() {
    byte[] document = bson("{_id: 1, s: 'a\\u0000b', n: {v: ['\\u0000']}}");
    assertThatThrownBy(() -> row(document, losses))
        .isInstanceOfSatisfying(
            GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LOSSY))
        .hasMessageContaining("document of _id=1: the text holds a zero character");
    Noted warned = new Noted(OnLossy.WARN);
    assertThat(row(document, warned))
        .isEqualTo(Row.of("1", "{\"n\": {\"v\": [\"\"]}, \"s\": \"ab\"}"));
    assertThat(warned.lost).hasSize(2);
    assertThat(row(document, new Noted(OnLossy.TEXT)))
        .isEqualTo(Row.of("1", "{\"n\": {\"v\": [\"\\\\u0000\"]}, \"s\": \"a\\\\u0000b\"}"));
    assertThat(flattened(List.of(document), List.of(document), warned).get(0).get(1))
        .isEqualTo("ab");
    assertThat(
            flattened(List.of(document), List.of(document), new Noted(OnLossy.TEXT)).get(0).get(1))
        .isEqualTo("a\\u0000b");
  }

  @Test
  void anObjectThatLooksLikeExtendedJsonIsNamed() {
    byte[] document =
        OddDocuments.document(
            OddDocuments.element(0x10, "_id", OddDocuments.int32(1)),
            OddDocuments.element(
                3,
                "v",
                OddDocuments.document(
                    OddDocuments.element(2, "$oid", OddDocuments.int32(2), new byte[] {'x', 0}))));
    Noted warned = new Noted(OnLossy.WARN);
    assertThat(row(document, warned)).isEqualTo(Row.of("1", "{\"v\": {\"$oid\": \"x\"}}"));
    assertThat(warned.lost)
        .singleElement()
        .asString()
        .contains("looks like a value of Extended JSON");
  }

  @Test
  void largeValuesLeaveTheirRow() {
    byte[] small = bson("{_id: 0, s: 'x', data: {$binary: {base64: 'AQ==', subType: '00'}}}");
    byte[] large = OddDocuments.ofSize(1, 16 << 20);
    String text = "\u00fc".repeat(5 << 20);
    byte[] texts = bson("{_id: 2, s: '" + text + "', t: 'end'}");
    List<byte[]> documents = List.of(small, large, texts, small);
    List<Row> rows = flattened(documents, documents, losses);
    assertThat(rows).hasSize(4);
    assertThat(((LargeBytes) rows.get(1).get(2)).length()).isEqualTo((16 << 20) - 60);
    assertThat(Converted.bytes(rows.get(2).get(1)))
        .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    assertThat(rows.get(2).get(3)).isEqualTo("end");
    assertThat(rows.get(3)).isEqualTo(rows.get(0));
    Row whole = row(large, losses);
    assertThat(((LargeBytes) whole.get(1)).length()).isGreaterThan(20 << 20);
  }

  @Test
  void manyRowsComeInSeveralBatches() {
    List<byte[]> documents = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      documents.add(
          bson(
              "{_id: "
                  + i
                  + ", b: "
                  + (i % 3 == 0)
                  + (i % 5 == 0 ? "" : ", s: '" + "y".repeat(i % 700) + "'")
                  + "}"));
    }
    List<Row> rows = flattened(documents, documents, losses);
    assertThat(rows).hasSize(20_000);
    for (int i = 0; i < 20_000; i++) {
      assertThat(rows.get(i))
          .isEqualTo(Row.of((long) i, i % 3 == 0, i % 5 == 0 ? null : "y".repeat(i % 700), "{}"));
    }
  }

  @Test
  void fieldsCanBeCalledOtherwise() {
    DocumentShape shape = shape(List.of(bson("{_id: 1, a: 1}")));
    assertThat(
            conversion(
                    shape,
                    new FieldChoice("_id", "id", null),
                    new FieldChoice("a", "amount", "int"),
                    new FieldChoice("document", "rest", null))
                .dataset()
                .key())
        .containsExactly("id");
    assertThatThrownBy(() -> conversion(shape, new FieldChoice("b", "x", null)))
        .hasMessageContaining("has no field b");
    assertThatThrownBy(() -> conversion(shape, new FieldChoice("a", "_id", null)))
        .hasMessageContaining("two fields");
    assertThatThrownBy(() -> conversion(shape, new FieldChoice("a", null, "xml")))
        .hasMessageContaining("cannot become xml");
  }

  @Test
  void whatIsNoDocumentIsNamed() {
    byte[] cut = Arrays.copyOf(bson("{_id: 1, a: 1}"), 12);
    assertThatThrownBy(() -> row(cut, losses))
        .isInstanceOf(GodwitException.class)
        .hasMessageContaining("document 0 of partition")
        .hasMessageContaining("no BSON document");
    assertThatThrownBy(() -> row(bson("{a: 1}"), losses)).hasMessageContaining("it has no _id");
  }

  @Test
  void ofATruthValueThatComesTwiceTheLastHoldsToo() {
    byte[] twice =
        OddDocuments.document(
            OddDocuments.element(0x10, "_id", OddDocuments.int32(1)),
            OddDocuments.element(0x08, "b", new byte[] {1}),
            OddDocuments.element(0x08, "b", new byte[] {0}));
    Noted warned = new Noted(OnLossy.WARN);
    assertThat(flattened(List.of(bson("{_id: 1, b: true}")), List.of(twice), warned).get(0))
        .isEqualTo(Row.of(1L, false, "{}"));
  }
}
