package dev.godwit.mapping.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.mapping.Converted;
import dev.godwit.mapping.Converted.Noted;
import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.bytes.Digits;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.Placement.Fidelity;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.Misfit;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.row.Interval;
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Odd;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.sample.EveryKind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows become documents, which MongoDB's own library reads. */
class RowsToDocumentsTest {
  private static final Field ID = EveryKind.integer("id", 64);
  private static final Field JSON = Fields.json("v", "jsonb");

  private static String json(RawBsonDocument document) {
    return document.toJson(JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build());
  }

  private static String field(Field field, Object value, OnLossy policy, List<String> lost) {
    Noted noted = new Noted(policy);
    Dataset rows = Converted.rows(List.of("id"), ID, field);
    RawBsonDocument document = Converted.documents(rows, List.of(Row.of(5L, value)), noted).get(0);
    lost.addAll(noted.lost);
    String json = json(document);
    String head = "{\"_id\": {\"$numberLong\": \"5\"}, \"" + field.getName() + "\": ";
    assertThat(json).startsWith(head);
    return json.substring(head.length(), json.length() - 1);
  }

  private static String field(Field field, Object value) {
    return field(field, value, OnLossy.FAIL, new java.util.ArrayList<>());
  }

  private static Field named(String name) {
    return EveryKind.schema().findField(name);
  }

  static Stream<Arguments> values() {
    byte[] uuid = new byte[16];
    uuid[0] = 0x12;
    uuid[15] = 0x34;
    return Stream.of(
        Arguments.of("bool", true, "true"),
        Arguments.of("int8", -7L, "{\"$numberInt\": \"-7\"}"),
        Arguments.of("int16", -700L, "{\"$numberInt\": \"-700\"}"),
        Arguments.of("int32", 70000L, "{\"$numberInt\": \"70000\"}"),
        Arguments.of("int64", 1L << 40, "{\"$numberLong\": \"1099511627776\"}"),
        Arguments.of("uint64", -1L, "{\"$numberDecimal\": \"18446744073709551615\"}"),
        Arguments.of("uint64", 7L, "{\"$numberDecimal\": \"7\"}"),
        Arguments.of("float32", 0.5, "{\"$numberDouble\": \"0.5\"}"),
        Arguments.of("float64", 0.1, "{\"$numberDouble\": \"0.1\"}"),
        Arguments.of("float64", -0.0, "{\"$numberDouble\": \"-0.0\"}"),
        Arguments.of(
            "decimal128", new BigDecimal("-12.3400"), "{\"$numberDecimal\": \"-12.3400\"}"),
        Arguments.of("decimal128", new BigDecimal("0.0000"), "{\"$numberDecimal\": \"0.0000\"}"),
        Arguments.of(
            "decimal128",
            new BigDecimal("-9999999999999999.9999"),
            "{\"$numberDecimal\": \"-9999999999999999.9999\"}"),
        Arguments.of(
            "decimal256",
            new BigDecimal("123456789012345678901234.0123456789"),
            "{\"$numberDecimal\": \"123456789012345678901234.0123456789\"}"),
        Arguments.of("decimal", "1.10", "{\"$numberDecimal\": \"1.10\"}"),
        Arguments.of("decimal", "-0.001", "{\"$numberDecimal\": \"-0.001\"}"),
        Arguments.of(
            "decimal",
            "1" + "0".repeat(50),
            "{\"$numberDecimal\": \"1." + "0".repeat(33) + "E+50\"}"),
        Arguments.of("text", "sch\u00f6n", "\"sch\u00f6n\""),
        Arguments.of(
            "binary",
            new Bytes(new byte[] {1, 2}),
            "{\"$binary\": {\"base64\": \"AQI=\", \"subType\": \"00\"}}"),
        Arguments.of("date", -1L, "{\"$date\": {\"$numberLong\": \"-86400000\"}}"),
        Arguments.of("time", 36_000_500_000L, "\"10:00:00.500\""),
        Arguments.of("local", 1_000L, "{\"$date\": {\"$numberLong\": \"1\"}}"),
        Arguments.of("instant", -1_000L, "{\"$date\": {\"$numberLong\": \"-1\"}}"),
        Arguments.of("instant_ms", 17L, "{\"$date\": {\"$numberLong\": \"17\"}}"),
        Arguments.of("interval", new Interval(14, -3, 5_500_000_000L), "\"P1Y2M-3DT5.5S\""),
        Arguments.of(
            "uuid",
            new Bytes(uuid),
            "{\"$binary\": {\"base64\": \"EgAAAAAAAAAAAAAAAAAANA==\", \"subType\": \"04\"}}"),
        Arguments.of("opaque", "(1,2)", "\"(1,2)\""),
        Arguments.of("list", Arrays.asList(1L, null), "[{\"$numberInt\": \"1\"}, null]"),
        Arguments.of(
            "struct",
            Arrays.asList(1L, null, List.of(2L)),
            "{\"number\": {\"$numberInt\": \"1\"}, \"word\": null, \"inner\": [{\"$numberLong\":"
                + " \"2\"}]}"),
        Arguments.of("text", null, "null"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void eachKindHasItsType(String name, Object value, String expected) {
    assertThat(field(named(name), value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"b\": 1, \"a\": [1.50, null, true]} | {\"b\": {\"$numberInt\": \"1\"}, \"a\":"
            + " [{\"$numberDecimal\": \"1.50\"}, null, true]}",
        "2147483648 | {\"$numberLong\": \"2147483648\"}",
        "-9223372036854775809 | {\"$numberDecimal\": \"-9223372036854775809\"}",
        "9223372036854775807 | {\"$numberLong\": \"9223372036854775807\"}",
        "\"a\\ud83d\\udc26\\u0000\" | \"a\\ud83d\\udc26\\u0000\"",
        "null | null",
        "[] | []",
        "{} | {}",
        "1e3 | {\"$numberDecimal\": \"1E+3\"}",
        "-0.0 | {\"$numberDecimal\": \"-0.0\"}",
        "-0e3 | {\"$numberDecimal\": \"-0E+3\"}",
        "-0 | {\"$numberDecimal\": \"-0\"}",
        "0.00 | {\"$numberDecimal\": \"0.00\"}",
      })
  void jsonIsNested(String text, String expected) {
    assertThat(field(JSON, text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        1e33,
        1e34,
        -1e34,
        1e40,
        1.2345678901234566e35,
        Double.MAX_VALUE,
        Double.MIN_VALUE,
        1e-300
      })
  void aDoubleThatBecameANumberOfJsonIsThatNumberAgain(double value) {
    GrowingBytes text = new GrowingBytes();
    Digits.floating(value, text);
    String json = new String(text.array(), 0, text.size(), StandardCharsets.US_ASCII);
    BsonDocument made = BsonDocument.parse("{\"v\": " + field(JSON, json) + "}");
    assertThat(made.getNumber("v").doubleValue()).isEqualTo(value);
  }

  @Test
  void aNumberThatNoDoubleIsWrittenAsIsStillLost() {
    assertThatThrownBy(() -> field(JSON, "1" + "0".repeat(34) + ".00")).hasMessageContaining("34");
    assertThatThrownBy(() -> field(JSON, "1" + "0".repeat(20) + "1" + "0".repeat(20) + ".0"))
        .hasMessageContaining("34");
  }

  @Test
  void aFieldOfJsonIsLeftOutWhereItIsNull() {
    Dataset rows = Converted.rows(List.of("id"), ID, JSON);
    assertThat(Converted.documents(rows, List.of(Row.of(1L, null)), new Noted(OnLossy.FAIL)).get(0))
        .containsOnlyKeys("_id");
  }

  static Stream<Arguments> lost() {
    return Stream.of(
        Arguments.of(
            named("instant"),
            1L,
            "{\"$date\": {\"$numberLong\": \"0\"}}",
            "\"1970-01-01T00:00:00.000001Z\""),
        Arguments.of(
            named("instant"),
            -1L,
            "{\"$date\": {\"$numberLong\": \"-1\"}}",
            "\"1969-12-31T23:59:59.999999Z\""),
        Arguments.of(
            named("local_ns"),
            1L,
            "{\"$date\": {\"$numberLong\": \"0\"}}",
            "\"1970-01-01T00:00:00.000000001\""),
        Arguments.of(
            named("decimal"),
            "1.0000000000000000000000000000000000",
            "{\"$numberDecimal\": \"1.000000000000000000000000000000000\"}",
            "\"1.0000000000000000000000000000000000\""),
        Arguments.of(
            JSON,
            "{\"a\": 1, \"b\": 2, \"a\": {\"a\": 3}, \"c\": 1}",
            "{\"b\": {\"$numberInt\": \"2\"}, \"a\": {\"a\": {\"$numberInt\": \"3\"}}, \"c\":"
                + " {\"$numberInt\": \"1\"}}",
            "\"{\\\"a\\\": 1, \\\"b\\\": 2, \\\"a\\\": {\\\"a\\\": 3}, \\\"c\\\": 1}\""),
        Arguments.of(
            JSON,
            "[12345678901234567890123456789012345]",
            "[{\"$numberDecimal\": \"1.234567890123456789012345678901234E+34\"}]",
            "\"[12345678901234567890123456789012345]\""),
        Arguments.of(JSON, "{\"a\": ", "null", "\"{\\\"a\\\": \""),
        Arguments.of(JSON, "[1e99999999999]", "[null]", "\"[1e99999999999]\""),
        Arguments.of(JSON, "[1e2000000000]", "[null]", "\"[1e2000000000]\""),
        Arguments.of(
            JSON,
            "[".repeat(200) + "]".repeat(200),
            "null",
            "\"" + "[".repeat(200) + "]".repeat(200) + "\""),
        Arguments.of(named("date"), odd(Misfit.Kind.POS_INF, "infinity"), "null", "\"infinity\""),
        Arguments.of(named("list"), odd(Misfit.Kind.SHAPE, "{{1}}"), "null", "\"{{1}}\""));
  }

  private static Odd odd(Misfit.Kind kind, String text) {
    return new Odd(kind, new Bytes(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @MethodSource("lost")
  void whatIsNotExactIsAskedFor(Field field, Object value, String nearest, String text) {
    assertThatThrownBy(() -> field(field, value))
        .hasMessageContaining(field.getName() + " of id=5");
    List<String> lost = new java.util.ArrayList<>();
    assertThat(field(field, value, OnLossy.WARN, lost)).isEqualTo(nearest);
    assertThat(field(field, value, OnLossy.TEXT, lost)).isEqualTo(text);
    assertThat(lost).hasSize(2);
  }

  @Test
  void ofNamesThatComeTwiceEachLastOneHolds() {
    List<String> lost = new java.util.ArrayList<>();
    String value = "{\"a\": true, \"b\": \"x\", \"a\": false, \"b\": null, \"a\": \"y\"}";
    assertThat(field(JSON, value, OnLossy.WARN, lost)).isEqualTo("{\"b\": null, \"a\": \"y\"}");
    assertThat(lost).hasSize(3);
  }

  /** A number that is none has a place of its own in a document, and none inside of a struct. */
  @Test
  void aStructIsAsExactAsWhatCanBeInsideOfIt() {
    Field plain = struct("plain", named("int32"), named("text"));
    Field price = struct("price", named("decimal128"), named("time"));
    Field list = Fields.of("list", ArrowType.List.INSTANCE, "price[]", price);
    RowsToDocuments made =
        new RowsToDocuments(Converted.rows(List.of("id"), ID, plain, price, list), List.of());
    assertThat(made.fields())
        .extracting(f -> f.target().fidelity())
        .endsWith(Fidelity.EXACT, Fidelity.LOSSY, Fidelity.LOSSY);
    assertThat(made.fields())
        .extracting(f -> f.target().note())
        .endsWith(
            "",
            "no NaN and no infinity inside; no 24:00:00 inside",
            "of one dimension that begins at 1; no NaN and no infinity inside; no 24:00:00 inside");
    assertThatThrownBy(() -> field(price, odd(Misfit.Kind.TYPE, "(NaN,)")))
        .hasMessageContaining("something inside of it is beyond its type");
  }

  private static Field struct(String name, Field... inside) {
    return Fields.of(name, ArrowType.Struct.INSTANCE, "pair", inside);
  }

  @Test
  void misfitsThatDocumentsHoldAreExact() {
    Odd nan = odd(Misfit.Kind.NAN, "NaN");
    assertThat(field(named("decimal"), nan)).isEqualTo("{\"$numberDecimal\": \"NaN\"}");
    assertThat(field(named("decimal128"), odd(Misfit.Kind.NEG_INF, "-Infinity")))
        .isEqualTo("{\"$numberDecimal\": \"-Infinity\"}");
    assertThat(field(named("time"), odd(Misfit.Kind.OUT_OF_RANGE, "24:00:00")))
        .isEqualTo("\"24:00:00\"");
    assertThat(field(named("interval"), odd(Misfit.Kind.POS_INF, "infinity")))
        .isEqualTo("\"infinity\"");
  }

  @Test
  void theKeyIsTheIdAndNotRepeated() {
    Dataset one = Converted.rows(List.of("text"), named("text"), ID);
    assertThat(json(Converted.documents(one, List.of(Row.of("k", 1L)), fail()).get(0)))
        .isEqualTo("{\"_id\": \"k\", \"id\": {\"$numberLong\": \"1\"}}");
    Dataset two = Converted.rows(List.of("id", "text"), named("text"), named("bool"), ID);
    assertThat(json(Converted.documents(two, List.of(Row.of("k", true, 1L)), fail()).get(0)))
        .isEqualTo(
            "{\"_id\": {\"id\": {\"$numberLong\": \"1\"}, \"text\": \"k\"}, \"bool\": true}");
  }

  @Test
  void aRowWithoutAKeyIsNamedByItsPlace() {
    Dataset none = Converted.rows(List.of(), named("bool"));
    List<Row> rows = Stream.generate(() -> Row.of(true)).limit(20).toList();
    List<RawBsonDocument> documents = Converted.documents(none, rows, fail());
    assertThat(documents.stream().map(d -> d.getObjectId("_id").getValue().toHexString()))
        .doesNotHaveDuplicates()
        .startsWith("000000030000000000000000", "000000030000000000000001");
    assertThat(Converted.documents(none, rows, fail())).isEqualTo(documents);
  }

  @Test
  void aKeyThatIsNotExactIsNeverBentToThatOfAnother() {
    Dataset rows = Converted.rows(List.of("instant"), named("instant"));
    List<RawBsonDocument> documents =
        Converted.documents(rows, List.of(Row.of(1L), Row.of(2L)), new Noted(OnLossy.WARN));
    assertThat(documents.stream().map(d -> d.getString("_id").getValue()))
        .containsExactly("1970-01-01T00:00:00.000001Z", "1970-01-01T00:00:00.000002Z");
  }

  @Test
  void keysThatAreNoTextStayApart() {
    Dataset rows = Converted.rows(List.of("text"), named("text"));
    List<RawBsonDocument> documents =
        Converted.documents(
            rows,
            List.of(Row.of(bad('m', 0xfc, 't')), Row.of(bad('m', 0xf6, 't'))),
            new Noted(OnLossy.WARN));
    assertThat(documents.stream().map(d -> d.getString("_id").getValue()))
        .containsExactly("\"m\\xfct\"", "\"m\\xf6t\"");
  }

  private static Odd bad(int... bytes) {
    byte[] text = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      text[i] = (byte) bytes[i];
    }
    return new Odd(Misfit.Kind.BAD_TEXT, new Bytes(text));
  }

  @Test
  void choicesNameFieldsAndMakeThemText() {
    Dataset rows = Converted.rows(List.of("id"), ID, named("decimal128"));
    FieldChoice choice = new FieldChoice("decimal128", "price", "string");
    assertThat(
            json(
                Converted.documents(
                        rows, List.of(Row.of(1L, new BigDecimal("1.5000"))), fail(), choice)
                    .get(0)))
        .isEqualTo("{\"_id\": {\"$numberLong\": \"1\"}, \"price\": \"1.5000\"}");
    assertThatThrownBy(
            () -> Converted.documents(rows, List.of(), fail(), new FieldChoice("no", "x", null)))
        .hasMessageContaining("has no column no");
    assertThatThrownBy(
            () -> Converted.documents(rows, List.of(), fail(), new FieldChoice("id", "x", "date")))
        .hasMessageContaining("cannot become date");
    Field text = named("text");
    assertThatThrownBy(
            () ->
                Converted.documents(
                    Converted.rows(List.of("id"), ID, text),
                    List.of(),
                    fail(),
                    new FieldChoice("text", null, "date")))
        .isInstanceOfSatisfying(
            GodwitException.class, e -> assertThat(e.hint()).contains("it can become string"));
  }

  @Test
  void whatIsToBeTextIsTextHoweverLarge() {
    Dataset rows = Converted.rows(List.of("id"), ID, JSON);
    String text = "[\"" + "x".repeat(9 << 20) + "\"]";
    LargeBytes large = LargeBytes.held(text.getBytes(StandardCharsets.UTF_8));
    FieldChoice choice = new FieldChoice("v", null, "string");
    assertThat(
            Converted.documents(rows, List.of(Row.of(1L, large)), fail(), choice)
                .get(0)
                .getString("v")
                .getValue())
        .isEqualTo(text);
  }

  @Test
  void largeValuesStayWholeAsFarAsADocumentHoldsThem() {
    Dataset rows = Converted.rows(List.of("id"), ID, named("binary"), named("text"));
    byte[] large = new byte[9 << 20];
    Arrays.fill(large, (byte) 7);
    byte[] letters = new byte[9 << 20];
    Arrays.fill(letters, (byte) 'g');
    List<Row> given =
        List.of(
            Row.of(1L, new Bytes(new byte[1]), "a"),
            Row.of(2L, LargeBytes.held(large), "b"),
            Row.of(3L, null, LargeBytes.held(letters)));
    List<RawBsonDocument> documents = Converted.documents(rows, given, fail());
    assertThat(documents.get(1).getBinary("binary").getData()).isEqualTo(large);
    assertThat(documents.get(2).getString("text").getValue()).hasSize(9 << 20);
    Row both = Row.of(4L, LargeBytes.held(large), LargeBytes.held(letters));
    assertThatThrownBy(() -> Converted.documents(rows, List.of(both), fail()))
        .hasMessageContaining("more than the 16777216 bytes");
    Noted warned = new Noted(OnLossy.WARN);
    assertThat(Converted.documents(rows, List.of(both), warned).get(0).get("text").isString())
        .isNotEqualTo(
            Converted.documents(rows, List.of(both), warned).get(0).get("binary").isBinary());
  }

  @Test
  void asManyValuesAreLostAsMakeADocumentTooLarge() {
    Dataset rows =
        Converted.rows(
            List.of("id"), ID, EveryKind.text("a"), EveryKind.text("b"), EveryKind.text("c"));
    LargeBytes nine = LargeBytes.held(new byte[9 << 20]);
    LargeBytes ten = LargeBytes.held(new byte[10 << 20]);
    LargeBytes eleven = LargeBytes.held(new byte[11 << 20]);
    Noted warned = new Noted(OnLossy.WARN);
    RawBsonDocument document =
        Converted.documents(rows, List.of(Row.of(4L, ten, eleven, nine)), warned).get(0);
    assertThat(warned.lost).hasSize(2).first().asString().startsWith("b of id=4");
    assertThat(warned.lost.get(1)).startsWith("a of id=4");
    assertThat(document.get("c").isString()).isTrue();
    assertThat(document.get("a").isNull()).isTrue();
  }

  @Test
  void aValueIsLostOnceThoughItsDocumentIsTooLarge() {
    Dataset rows =
        Converted.rows(
            List.of("id"), ID, named("instant"), EveryKind.text("a"), EveryKind.text("b"));
    LargeBytes nine = LargeBytes.held(new byte[9 << 20]);
    Noted warned = new Noted(OnLossy.WARN);
    RawBsonDocument document =
        Converted.documents(rows, List.of(Row.of(4L, 1L, nine, nine)), warned).get(0);
    assertThat(warned.lost).hasSize(2).first().asString().startsWith("instant of id=4");
    assertThat(document.keySet()).containsExactly("_id", "instant", "a", "b");
    assertThat(document.get("a").isNull()).isNotEqualTo(document.get("b").isNull());
  }

  @Test
  void fieldsOfAnIdHaveNamesOfTheirOwn() {
    Dataset rows = Converted.rows(List.of("id", "a"), ID, EveryKind.text("a"));
    assertThatThrownBy(
            () -> Converted.documents(rows, List.of(), fail(), new FieldChoice("a", "id", null)))
        .hasMessageContaining("two columns of shop.public.things would be called id");
  }

  /** A mapping that was saved names them so, and is given back with another type. */
  @Test
  void aFieldOfAnIdIsNamedWithItsPathOrWithout() {
    Dataset rows = Converted.rows(List.of("id", "a"), ID, EveryKind.text("a"));
    for (String name : List.of("_id.id", "id", "_id.n")) {
      FieldChoice choice = new FieldChoice("id", name, "string");
      RawBsonDocument document =
          Converted.documents(rows, List.of(Row.of(5L, "x")), fail(), choice).get(0);
      String field = name.replace("_id.", "");
      assertThat(json(document)).isEqualTo("{\"_id\": {\"" + field + "\": \"5\", \"a\": \"x\"}}");
    }
  }

  @Test
  void aNameThatWouldNotHoldIsRefused() {
    Dataset rows = Converted.rows(List.of("id"), ID, EveryKind.text("a"));
    assertThatThrownBy(
            () -> Converted.documents(rows, List.of(), fail(), new FieldChoice("id", "n", null)))
        .hasMessage(
            "column id of shop.public.things is the key, and so the _id of its document, not n");
    assertThatThrownBy(
            () -> Converted.documents(rows, List.of(), fail(), new FieldChoice("a", "_id", null)))
        .hasMessage("column a of shop.public.things cannot be called _id: that is the key");
    assertThatThrownBy(
            () -> Converted.documents(rows, List.of(), fail(), new FieldChoice("a", "b\0", null)))
        .hasMessageContaining("holds a zero character");
  }

  @Test
  void aFieldWhoseNameBeginsWithADollarIsTold() {
    assertThat(dollarField(List.of("id"), ID, EveryKind.text("a$"), named("list"))).isNull();
    assertThat(dollarField(List.of("id"), ID, EveryKind.text("$a"))).isEqualTo("$a");
    assertThat(dollarField(List.of("$a"), ID, EveryKind.text("$a"))).isNull();
    assertThat(dollarField(List.of("id", "$a"), ID, EveryKind.text("$a"))).isEqualTo("_id.$a");
    Field struct =
        new Field(
            "s", FieldType.nullable(ArrowType.Struct.INSTANCE), List.of(EveryKind.text("$b")));
    assertThat(dollarField(List.of("id"), ID, struct)).isEqualTo("s.$b");
    FieldChoice text = new FieldChoice("s", null, "string");
    assertThat(dollarField(List.of("id"), List.of(text), ID, struct)).isNull();
    FieldChoice named = new FieldChoice("$a", "a", null);
    assertThat(dollarField(List.of("id"), List.of(named), ID, EveryKind.text("$a"))).isNull();
  }

  private static String dollarField(List<String> key, Field... fields) {
    return dollarField(key, List.of(), fields);
  }

  private static String dollarField(List<String> key, List<FieldChoice> choices, Field... fields) {
    return new RowsToDocuments(Converted.rows(key, fields), choices)
        .dataset()
        .attributes()
        .get(Dataset.DOLLAR_FIELD);
  }

  @Test
  void anIndexOverAnArrayIsNotUniqueAndNoneIsOverTwo() {
    Field list = EveryKind.schema().findField("list");
    Dataset plain = Converted.rows(List.of("id"), ID, list, JSON, EveryKind.text("a.b"));
    Dataset rows =
        new Dataset(
            plain.name(),
            plain.kind(),
            plain.schema(),
            plain.required(),
            plain.key(),
            List.of(
                new Dataset.Index("one", List.of("id", "v"), true),
                new Dataset.Index("two", List.of("list", "v"), false),
                new Dataset.Index("dotted", List.of("a.b"), false)),
            List.of(
                new Dataset.Reference("r", List.of("id"), plain.name(), List.of("id")),
                new Dataset.Reference("s", List.of("a.b"), plain.name(), List.of("id"))),
            "",
            plain.estimate(),
            plain.attributes());
    RowsToDocuments made = new RowsToDocuments(rows, List.of());
    assertThat(made.dataset().indexes())
        .containsExactly(new Dataset.Index("one", List.of("_id", "v"), false));
    assertThat(made.dataset().references()).hasSize(1);
    assertThat(made.fields())
        .extracting(f -> f.target().note())
        .first()
        .isEqualTo("no reference to things, an index");
    assertThat(made.fields().get(1).target().note()).endsWith("no index can hold two arrays");
    assertThat(made.fields().get(2).target().note()).endsWith("its index is not unique");
    assertThat(made.fields().get(3).target().note()).contains("no index can name it");
  }

  private static Noted fail() {
    return new Noted(OnLossy.FAIL);
  }

  @Test
  void nanosecondsOfATimeStay() {
    assertThat(field(named("time_ns"), 1L)).isEqualTo("\"00:00:00.000000001\"");
  }
}
