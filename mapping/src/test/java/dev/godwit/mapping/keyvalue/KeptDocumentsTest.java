package dev.godwit.mapping.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.Converted;
import dev.godwit.mapping.Converted.Noted;
import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.run.Conversions;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.sample.OddDocuments;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that were made of keys with values become the same keys again. */
class KeptDocumentsTest {
  private static final RecordForm KEYS =
      new RecordForm.KeyValues(
          List.of("hash", "string", "list", "set", "zset", "stream", "module"));
  private static final Dataset DOCUMENTS =
      Dataset.of(
          DatasetName.of("shop", "db0"),
          "collection",
          new Schema(List.of(Fields.bson("document", "document"))));
  private static final Dataset REDIS = keys(List.of());
  private static final Field FLAGS = Fields.of("flags", new ArrowType.Int(64, true), "flags");
  private static final String STREAM =
      "{\"entries\":[[\"1-1\",[\"k\",{\"base64\":\"AP8=\"}]]],\"last\":\"1-1\",\"deleted\":\"0-0\","
          + "\"added\":9223372036854775807,\"groups\":[{\"name\":\"g\",\"last\":\"1-1\",\"read\":1,"
          + "\"consumers\":[{\"name\":{\"base64\":\"AA==\"},\"seen\":1700000000000}],"
          + "\"pending\":[[\"1-1\",\"c\",1700000000000,1]]}]}";

  private static Dataset keys(List<Field> more) {
    List<Field> fields = new ArrayList<>(KeyValues.SCHEMA.getFields());
    fields.addAll(more);
    return new Dataset(
        DatasetName.of("db0"),
        "database",
        new Schema(fields),
        List.of("key", "type"),
        List.of("key"),
        List.of(),
        List.of(),
        "",
        Dataset.Estimate.UNKNOWN,
        Map.of());
  }

  private static Bytes bytes(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Row elements(String type, String json) {
    return Row.of(bytes("the " + type + json.length()), type, null, null, json);
  }

  private static List<Row> through(Conversion conversion, Dataset source, List<Row> rows) {
    return Converted.through(conversion, source, rows, new Noted(OnLossy.FAIL), 0);
  }

  private static List<Row> documents(Dataset keys, List<Row> rows) {
    return through(Converted.of(keys, new RecordForm.Documents(), OnLossy.FAIL, null), keys, rows);
  }

  private static Optional<KeptForm> form(Row document) {
    return KeptForm.of(Converted.bytes(document.get(0)));
  }

  private static Conversion back(Optional<KeptForm> form, FieldChoice... choices) {
    return back(KEYS, form, choices);
  }

  private static Conversion back(
      RecordForm target, Optional<KeptForm> form, FieldChoice... choices) {
    Keying keying = new Keying("db0", Optional.empty(), Optional.empty(), form);
    return Conversions.of(
        DOCUMENTS, target, OnLossy.FAIL, List.of(choices), Optional.empty(), keying);
  }

  private static List<Row> back(List<Row> documents) {
    return through(back(form(documents.get(0))), DOCUMENTS, documents);
  }

  private static Row document(String json) {
    RawBsonDocument raw = new RawBsonDocument(BsonDocument.parse(json), new BsonDocumentCodec());
    ByteBuffer buffer = raw.getByteBuffer().asNIO();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return Row.of(new Bytes(bytes));
  }

  @Test
  void becomeTheSameKeysAgain() {
    List<Row> given =
        List.of(
            Row.of(bytes("user:1"), "hash", 1_700_000_000_123L, null, "[[\"a\",\"1.50\"]]"),
            Row.of(bytes("sch\u00f6n"), "string", null, bytes("text"), null),
            Row.of(new Bytes(new byte[] {0, 1}), "string", null, new Bytes(new byte[] {-1}), null),
            Row.of(bytes(""), "string", null, bytes(""), null),
            Row.of(bytes("{\"base64\":\"x"), "string", null, bytes("{\"base64\":\"AA==\"}"), null),
            Row.of(bytes("m"), "module", 0L, new Bytes(new byte[] {7, 0}), null),
            Row.of(bytes("late"), "string", 253_402_300_800_001L, bytes("x"), null),
            elements("list", "[\"b\",\"a\",{\"base64\":\"/w==\"},\"\"]"),
            elements("list", "[\"\\\"\\\\/\\b\\f\\n\\r\\t\\u001F\u007f\u2028\ud83d\ude00\"]"),
            elements("set", "[\"1\",\"word\",\"{\\\"base64\\\":\\\"AA==\\\"}\"]"),
            elements("set", "[]"),
            elements("hash", "[[\"f\",\"v\",1700000000000],[{\"base64\":\"AA==\"},\"1\"]]"),
            elements("stream", STREAM));
    assertThat(back(documents(REDIS, given))).isEqualTo(given);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0.0",
        "1",
        "-7",
        "2147483648",
        "999999999999999",
        "1.0E15",
        "-1.0E15",
        "1.5",
        "0.1",
        "-0.001",
        "1.0E300",
        "4.9E-324",
        "1.7976931348623157E308",
        "0.30000000000000004",
        "1.0E-5",
        "2.2250738585072014E-308",
        "9.007199254740992E15",
        "\"Infinity\"",
        "\"-Infinity\""
      })
  void scoresKeepTheirText(String score) {
    List<Row> given = List.of(elements("zset", "[[\"m\"," + score + "]]"));
    assertThat(back(documents(REDIS, given))).isEqualTo(given);
  }

  @ParameterizedTest
  @CsvSource({
    "{$numberDouble: '-0'},-0.0",
    "{$numberDouble: '2'},2",
    "{$numberDouble: '1e15'},1.0E15",
    "{$numberDecimal: '1.50'},1.5",
    "{$numberDecimal: '-0E+3'},-0.0",
    "{$numberDecimal: '-Infinity'},\"-Infinity\"",
    "{$numberLong: '3'},3",
  })
  void scoresOfOtherTypesAreThoseOfTheirValue(String bson, String score) {
    Row row = document("{_id: 'z', type: 'zset', value: null, elements: [['m', " + bson + "]]}");
    assertThat(back(List.of(row)).get(0).get(KeyValues.ELEMENTS))
        .isEqualTo("[[\"m\"," + score + "]]");
  }

  @Test
  void flagsOfMemcachedAreKept() {
    Dataset items = keys(List.of(FLAGS));
    List<Row> given =
        List.of(
            Row.of(bytes("a"), "string", null, bytes("x"), null, 4_294_967_295L),
            Row.of(bytes("b"), "string", 1000L, bytes(""), null, 0L));
    List<Row> documents = documents(items, given);
    RecordForm keeping = new RecordForm.KeyValues(List.of("string"), List.of("flags"));
    Conversion back = back(keeping, form(documents.get(0)));
    assertThat(back.dataset().schema()).isEqualTo(items.schema());
    assertThat(through(back, DOCUMENTS, documents)).isEqualTo(given);
    Row without = document("{_id: 'c', type: 'string', value: 'v', flags: {$numberInt: '5'}}");
    assertThat(through(back, DOCUMENTS, List.of(without)))
        .containsExactly(Row.of(bytes("c"), "string", null, bytes("v"), null, 5L));
    assertRefused(
        "{_id: 'd', type: 'string', value: 'v', flags: 1}", "it has flags, and the first document");
  }

  @Test
  void fieldsAreToldOneByOne() {
    Conversion back = back(Optional.of(new KeptForm(true)));
    assertThat(back.fields())
        .extracting(f -> f.source().getName() + " " + f.target().field().getName())
        .containsExactly(
            "_id key",
            "type type",
            "expires expires",
            "value value",
            "elements elements",
            "flags flags");
    assertThatThrownBy(
            () -> back(Optional.of(new KeptForm(false)), new FieldChoice("_id", "id", null)))
        .hasMessageContaining("the fields of shop.db0 cannot be chosen yet");
  }

  @Test
  void largeValuesGoBothWays() {
    byte[] binary = new byte[9 << 20];
    byte[] text = new byte[9 << 20];
    Arrays.fill(text, (byte) 'x');
    String many = "[\"" + "y".repeat(1 << 20) + "\"" + ",\"\"".repeat(1 << 19) + "]";
    String controls = "[\"" + "\\u0001".repeat(2 << 20) + "\"]";
    List<Row> given =
        List.of(
            Row.of(bytes("a"), "string", 7L, LargeBytes.held(binary), null),
            Row.of(bytes("b"), "string", null, bytes("small"), null),
            Row.of(bytes("c"), "string", null, LargeBytes.held(text), null),
            Row.of(bytes("d"), "list", null, null, many),
            Row.of(bytes("e"), "list", null, null, held(controls)),
            Row.of(bytes("f"), "list", null, null, held("[\"" + "z".repeat(9 << 20) + "\"]")),
            Row.of(bytes("g"), "string", null, bytes("last"), null));
    List<Row> documents = documents(REDIS, given);
    assertThat(documents.get(0).get(0)).isInstanceOf(LargeBytes.class);
    assertThat(documents.get(4).get(0)).isInstanceOf(Bytes.class); // but its JSON is large
    assertThat(back(documents).equals(given)).isTrue();
  }

  private static LargeBytes held(String text) {
    return LargeBytes.held(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{_id: 1, type: 'string', value: 'v'}|_id=1 of shop.db0|it has no _id that is text",
        "{type: 'string', value: 'v'}|document 1 of partition 0|it has no _id that is text",
        "{_id: 'k', value: 'v'}|_id=k|it has no type",
        "{_id: 'k', type: 7, value: 'v'}|_id=k|it has no type",
        "{_id: 'k', type: 'vip', value: 'v'}|_id=k|it has a type that no value is of",
        "{_id: 'k', type: 'STRING', value: 'v'}|_id=k|it has a type that no value is of",
        "{_id: 'k', type: 'list', value: 'v', elements: []}|_id=k|it has both value and elements",
        "{_id: 'k', type: 'string', value: null}|_id=k|it has no value",
        "{_id: 'k', type: 'list', value: 'v'}|_id=k|it is a list and has a value",
        "{_id: 'k', type: 'string', elements: []}|_id=k|it is a string and has elements",
        "{_id: 'k', type: 'string', value: 7}|_id=k|it has a value that is no text",
        "{_id: 'k', type: 'list', elements: {}}|_id=k|it has elements that no list has",
        "{_id: 'k', type: 'stream', elements: []}|_id=k|it has elements that no stream has",
        "{_id: 'k', type: 'string', value: 'v', expires: 7}|_id=k|it expires at what is no date",
        "{_id: 'k', type: 'string', value: 'v', flags: 1.5}|_id=k|it has flags that are no whole",
        "{_id: 'k', type: 'string', value: 'v', n: 1}|_id=k|it has a field that no key has: n",
        "{_id: '{\"base64\":\"!\"}', type: 'string', value: 'v'}|_id={|it has a _id that is wrong",
        "{_id: '{\"base64\":\"YQ==\"}', type: 'string', value: 'v'}|_id={|are written otherwise",
        "{_id: '{\"base64\":\"AAF=\"}', type: 'string', value: 'v'}|_id={|are written otherwise",
        "{_id: '{\"base64\":\"AAE\"}', type: 'string', value: 'v'}|_id={|are written otherwise",
        "{_id: '{\"base64\":\"AB==\"}', type: 'string', value: 'v'}|_id={|are written otherwise",
        "{_id: '{\"base64\":\"\"}', type: 'string', value: 'v'}|_id={|are written otherwise",
        "{_id: 'a\\u0000', type: 'string', value: 'v'}|_id=a|are written otherwise",
        "{_id: 'k', type: 'string', value: '{\"base64\":\"'}|_id=k|it has a value that is wrong",
        "{_id: 'k', type: 'list', elements: [true]}|_id=k|neither text nor a number nor an array",
        "{_id: 'k', type: 'list', elements: [null]}|_id=k|neither text nor a number nor an array",
        "{_id: 'k', type: 'zset', elements: [['m', {$numberDouble: 'NaN'}]]}|_id=k|NaN",
        "{_id: 'k', type: 'zset', elements: [['m', {$numberDecimal: 'NaN'}]]}|_id=k|NaN",
        "{_id: 'k', type: 'zset', elements: [['m', {$numberDecimal: '1E999'}]]}|_id=k|no double",
        "{_id: 'k', type: 'zset', elements: [['m', {$numberDecimal: '0.1234567890123456789'}]]}"
            + "|_id=k|no double",
        "{_id: 'k', type: 'list', elements: [[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]}|_id=k|nested deeper",
      })
  void aLaterDocumentOfAnotherFormIsRefused(String json, String name, String why) {
    assertRefused(json, name, why);
  }

  private static void assertRefused(String json, String... words) {
    Row first = document("{_id: 'first', type: 'string', value: 'v'}");
    assertThatThrownBy(() -> back(List.of(first, document(json))))
        .isInstanceOfSatisfying(
            GodwitException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED);
              assertThat(e.hint().orElseThrow()).contains("give --key a template");
              assertThat(e.getMessage()).contains("becomes no key as it was").contains(words);
            });
  }

  @Test
  void whatIsNoDocumentIsNamedByItsPlace() {
    Row first = document("{_id: 'first', type: 'string', value: 'v'}");
    byte[] broken = Converted.bytes(first.get(0)).clone();
    broken[broken.length - 1] = 1;
    List<Row> rows = List.of(first, first, Row.of(new Bytes(broken)));
    assertThatThrownBy(() -> back(rows)).hasMessageContaining("it is no BSON document");
    byte[] twice =
        OddDocuments.document(
            OddDocuments.element(2, "_id", new byte[] {2, 0, 0, 0, 'a', 0}),
            OddDocuments.element(2, "_id", new byte[] {2, 0, 0, 0, 'b', 0}));
    assertThatThrownBy(() -> back(List.of(first, Row.of(new Bytes(twice)))))
        .hasMessageContaining("it has two fields _id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{_id: 1, type: 'string', value: 'v'}",
        "{_id: 'k', type: 'person', value: 'v'}",
        "{_id: 'k', type: 'string', value: 'v', more: 1}",
        "{_id: 'k', type: 'string', value: null, elements: null}",
        "{_id: 'k', name: 'Ada'}",
        "{}",
      })
  void documentsOfAnotherKindAreNoSign(String json) {
    assertThat(form(document(json))).isEmpty();
  }

  @Test
  void documentsThatWereNoKeysOrHaveATemplateBecomeHashes() {
    Row document = document("{_id: 'k', type: 'string', value: 'v'}");
    assertThat(through(back(Optional.empty()), DOCUMENTS, List.of(document)).get(0).get(0))
        .isEqualTo(bytes("db0:k"));
    Keying keying =
        new Keying(
            "db0", Optional.of(KeyTemplate.parse("x:{_id}")), Optional.empty(), form(document));
    Conversion templated =
        Conversions.of(DOCUMENTS, KEYS, OnLossy.FAIL, List.of(), Optional.empty(), keying);
    assertThat(through(templated, DOCUMENTS, List.of(document)))
        .containsExactly(
            Row.of(
                bytes("x:k"),
                "hash",
                null,
                null,
                "[[\"_id\",\"k\"],[\"type\",\"string\"],[\"value\",\"v\"]]"));
  }

  @Test
  void typesAreMixedInEveryOrder() {
    List<Row> given =
        Stream.iterate(0, i -> i < 10_000, i -> i + 1)
            .map(
                i ->
                    i % 3 == 0
                        ? Row.of(bytes("k" + i), "string", (long) i, bytes("v" + i), null)
                        : Row.of(bytes("k" + i), i % 3 == 1 ? "list" : "set", null, null, "[]"))
            .toList();
    assertThat(back(documents(REDIS, given))).isEqualTo(given);
  }
}
