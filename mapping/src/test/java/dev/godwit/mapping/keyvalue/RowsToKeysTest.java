package dev.godwit.mapping.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.Converted;
import dev.godwit.mapping.Converted.Noted;
import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.OnLossy;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.spi.record.Misfit;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.row.Interval;
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Odd;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.sample.EveryKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows become keys with values: hashes of text, and strings of JSON. */
class RowsToKeysTest {
  private static final Field ID = EveryKind.integer("id", 64);
  private static final Field REGION = EveryKind.text("region");

  private static Keying keying(String template) {
    return new Keying("things", Optional.of(KeyTemplate.parse(template)), Optional.empty());
  }

  private static List<Row> made(
      Dataset rows, String type, Keying keying, OnLossy policy, Row... given) {
    Conversion conversion = new RowsToKeys(rows, type, keying, List.of());
    assertThat(KeyValues.in(conversion.dataset().schema())).isTrue();
    return Converted.through(conversion, rows, List.of(given), new Noted(policy), 0);
  }

  private static String value(String type, Field field, Object value) {
    Dataset rows = Converted.rows(List.of("id"), ID, field);
    Row made = made(rows, type, Keying.byDefault(rows), OnLossy.FAIL, Row.of(5L, value)).get(0);
    assertThat(text(made.get(KeyValues.KEY))).isEqualTo("things:5");
    assertThat(made.get(KeyValues.TYPE)).isEqualTo(type);
    return type.equals("hash")
        ? (String) made.get(KeyValues.ELEMENTS)
        : text(made.get(KeyValues.VALUE));
  }

  private static String text(Object bytes) {
    return new String(Converted.bytes(bytes), StandardCharsets.UTF_8);
  }

  private static Field named(String name) {
    return EveryKind.schema().findField(name);
  }

  static Stream<Arguments> values() {
    byte[] uuid = new byte[16];
    uuid[0] = 0x12;
    uuid[15] = 0x34;
    String uuidText = "\"12000000-0000-0000-0000-000000000034\"";
    Bytes text = new Bytes("ok".getBytes(StandardCharsets.UTF_8));
    Bytes bytes = new Bytes(new byte[] {0, -1, 8});
    return Stream.of(
        Arguments.of("bool", true, "\"true\"", "true"),
        Arguments.of("int8", -7L, "\"-7\"", "-7"),
        Arguments.of("int64", Long.MIN_VALUE, "\"-9223372036854775808\"", "-9223372036854775808"),
        Arguments.of("uint64", -1L, "\"18446744073709551615\"", "18446744073709551615"),
        Arguments.of("float32", 0.1f * 1.0, "\"0.1\"", "0.1"),
        Arguments.of("float64", 3.0, "\"3\"", "3"),
        Arguments.of("float64", -0.0, "\"-0\"", "-0"),
        Arguments.of("float64", 1e15, "\"1e+15\"", "1e+15"),
        Arguments.of("float64", 123456789012345.0, "\"123456789012345\"", "123456789012345"),
        Arguments.of("float64", 0.0001, "\"0.0001\"", "0.0001"),
        Arguments.of("float64", 1.5e-7, "\"1.5e-07\"", "1.5e-07"),
        Arguments.of("float64", 2e-322, "\"2e-322\"", "2e-322"),
        Arguments.of("float64", Double.NaN, "\"NaN\"", "\"NaN\""),
        Arguments.of("float64", Double.NEGATIVE_INFINITY, "\"-Infinity\"", "\"-Infinity\""),
        Arguments.of("decimal128", new BigDecimal("-12.3400"), "\"-12.3400\"", "-12.3400"),
        Arguments.of("decimal", "1.50", "\"1.50\"", "1.50"),
        Arguments.of("text", "sch\u00f6n", "\"sch\u00f6n\"", "\"sch\u00f6n\""),
        Arguments.of("text", "", "\"\"", "\"\""),
        Arguments.of(
            "text", "a\"b\\c\n\u001f", "\"a\\\"b\\\\c\\n\\u001F\"", "\"a\\\"b\\\\c\\n\\u001F\""),
        Arguments.of("text", "a\0b", "{\"base64\":\"YQBi\"}", "\"a\\u0000b\""),
        Arguments.of("binary", text, "\"ok\"", "\"b2s=\""),
        Arguments.of("binary", bytes, "{\"base64\":\"AP8I\"}", "\"AP8I\""),
        Arguments.of("date", -1L, "\"1969-12-31\"", "\"1969-12-31\""),
        Arguments.of("time", 36_000_500_000L, "\"10:00:00.5\"", "\"10:00:00.5\""),
        Arguments.of("local", 60_000_000L, "\"1970-01-01T00:01:00\"", "\"1970-01-01T00:01:00\""),
        Arguments.of(
            "instant",
            1_700_000_000_123_400L,
            "\"2023-11-14T22:13:20.1234Z\"",
            "\"2023-11-14T22:13:20.1234Z\""),
        Arguments.of("instant", -1L, "\"1969-12-31T23:59:59.999999Z\"", null),
        Arguments.of("interval", new Interval(14, -3, 0), "\"P1Y2M-3D\"", "\"P1Y2M-3D\""),
        Arguments.of("uuid", new Bytes(uuid), uuidText, uuidText),
        Arguments.of("json", "{\"a\": 1.50}", "\"{\\\"a\\\": 1.50}\"", "{\"a\": 1.50}"),
        Arguments.of("list", List.of(1L, 2L), "\"[1, 2]\"", "[1, 2]"),
        Arguments.of("texts", List.of("a\"b"), "\"[\\\"a\\\\\\\"b\\\"]\"", "[\"a\\\"b\"]"),
        Arguments.of("map", List.of(List.of("k", 1L)), "\"{\\\"k\\\": 1}\"", "{\"k\": 1}"),
        Arguments.of("opaque", "(1,2)", "\"(1,2)\"", "\"(1,2)\""),
        Arguments.of(
            "decimal",
            new Odd(Misfit.Kind.NAN, new Bytes("NaN".getBytes(StandardCharsets.UTF_8))),
            "\"NaN\"",
            "\"NaN\""),
        Arguments.of(
            "text",
            new Odd(Misfit.Kind.BAD_TEXT, new Bytes(new byte[] {-1})),
            "{\"base64\":\"/w==\"}",
            null));
  }

  @ParameterizedTest
  @MethodSource("values")
  void writesEachKind(String kind, Object value, String inHash, String inJson) {
    Field field = named(kind);
    String name = field.getName();
    String[] pair = {"[\"" + name + "\"," + inHash + "]", "[\"id\",\"5\"]"};
    boolean first = name.compareTo("id") < 0;
    assertThat(value("hash", field, value))
        .isEqualTo("[" + pair[first ? 0 : 1] + "," + pair[first ? 1 : 0] + "]");
    if (inJson != null) {
      assertThat(value("string", field, value))
          .isEqualTo("{\"id\":5,\"" + name + "\":" + inJson + "}");
    }
  }

  @Test
  void leavesNullsOutOfAHash() {
    assertThat(value("hash", named("text"), null)).isEqualTo("[[\"id\",\"5\"]]");
    assertThat(value("string", named("text"), null)).isEqualTo("{\"id\":5,\"text\":null}");
  }

  /** The extractor of keys writes its strings by Jackson: the same value has the same bytes. */
  @Test
  void escapesAsJacksonDoes() throws IOException {
    StringBuilder every = new StringBuilder();
    for (char c = 1; c < 0x300; c++) {
      every.append(c);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      byte[] utf8 = every.toString().getBytes(StandardCharsets.UTF_8);
      json.writeUTF8String(utf8, 0, utf8.length);
    }
    assertThat(value("hash", named("text"), every.toString()))
        .isEqualTo("[[\"id\",\"5\"],[\"text\"," + out.toString(StandardCharsets.UTF_8) + "]]");
  }

  @Test
  void makesKeysOfTheTemplate() {
    Dataset rows = Converted.rows(List.of("region", "id"), REGION, ID, named("binary"));
    Row row = Row.of("n\u00f6rd", 7L, new Bytes(new byte[] {10, -1}));
    String template = "{{x}}/{region}/{id}/{binary}.";
    assertThat(text(made(rows, "hash", keying(template), OnLossy.FAIL, row).get(0).get(0)))
        .isEqualTo("{x}/n\u00f6rd/7/0aff.");
    assertThat(text(made(rows, "hash", Keying.byDefault(rows), OnLossy.FAIL, row).get(0).get(0)))
        .isEqualTo("things:n\u00f6rd:7");
  }

  @Test
  void refusesTemplatesByWhichRowsCouldShareAKey() {
    Dataset rows = Converted.rows(List.of("region", "id"), REGION, ID);
    assertThatThrownBy(() -> new RowsToKeys(rows, "hash", keying("c:{id}"), List.of()))
        .isInstanceOf(GodwitException.class)
        .hasMessageContaining("two rows of shop.public.things could have the same key")
        .extracting(e -> ((GodwitException) e).hint().orElseThrow())
        .asString()
        .contains("--key 'things:{region}:{id}'");
    assertThatThrownBy(() -> new RowsToKeys(rows, "hash", keying("c:{no}"), List.of()))
        .hasMessageContaining("has no column no");
    Dataset keyless = Converted.rows(List.of(), REGION, ID);
    assertThatThrownBy(() -> new RowsToKeys(keyless, "hash", Keying.byDefault(keyless), List.of()))
        .hasMessageContaining("have no primary key");
  }

  @Test
  void takesAUniqueIndexThatIsNeverNull() {
    Dataset plain = Converted.rows(List.of("id"), ID, REGION);
    Dataset.Index unique = new Dataset.Index("u", List.of("region"), true);
    Dataset nullable = indexed(plain, List.of("id"), unique);
    assertThatThrownBy(() -> new RowsToKeys(nullable, "hash", keying("r:{region}"), List.of()))
        .hasMessageContaining("could have the same key");
    Dataset never = indexed(plain, List.of("id", "region"), unique);
    assertThat(new RowsToKeys(never, "hash", keying("r:{region}"), List.of()).dataset().key())
        .containsExactly("key");
  }

  private static Dataset indexed(Dataset rows, List<String> required, Dataset.Index index) {
    return new Dataset(
        rows.name(),
        rows.kind(),
        rows.schema(),
        required,
        rows.key(),
        List.of(index),
        List.of(),
        "",
        rows.estimate(),
        Map.of());
  }

  @Test
  void endsAtARowWhoseKeyCouldBeAnothers() {
    Dataset rows = Converted.rows(List.of("region", "id"), REGION, ID);
    assertThat(made(rows, "hash", keying("{id}:{region}"), OnLossy.FAIL, Row.of("a:b", 1L)))
        .hasSize(1);
    assertThatThrownBy(
            () -> made(rows, "hash", keying("{region}:{id}"), OnLossy.FAIL, Row.of("a:b", 1L)))
        .isInstanceOf(GodwitException.class)
        .hasMessage("region of row region=a:b, id=1 holds ':', which ends it in the key");
  }

  @Test
  void endsAtANullInAKey() {
    Dataset rows = Converted.rows(List.of("id"), ID, REGION);
    assertThatThrownBy(
            () -> made(rows, "hash", keying("{id}:{region}"), OnLossy.FAIL, Row.of(8L, null)))
        .hasMessage("region of row id=8 is null, and stands in its key");
  }

  @Test
  void givesEveryKeyTheSameExpiry() {
    Dataset rows = Converted.rows(List.of("id"), ID);
    Instant at = Instant.ofEpochMilli(1_900_000_000_123L);
    Keying keying = new Keying("c", Optional.empty(), Optional.of(at));
    assertThat(
            made(rows, "hash", keying, OnLossy.FAIL, Row.of(1L), Row.of(2L)).stream()
                .map(row -> row.get(KeyValues.EXPIRES)))
        .containsExactly(at.toEpochMilli(), at.toEpochMilli());
  }

  @Test
  void mendsTextThatJsonDoesNotHold() {
    Dataset rows = Converted.rows(List.of("id"), ID, named("text"));
    Row row = Row.of(1L, new Odd(Misfit.Kind.BAD_TEXT, new Bytes(new byte[] {'a', -1})));
    Keying keying = Keying.byDefault(rows);
    assertThatThrownBy(() -> made(rows, "string", keying, OnLossy.FAIL, row))
        .hasMessageContaining("text of id=1: JSON holds no text that is not valid");
    assertThat(text(made(rows, "string", keying, OnLossy.WARN, row).get(0).get(3)))
        .isEqualTo("{\"id\":1,\"text\":\"a\ufffd\"}");
  }

  @Test
  void streamsLargeValues() {
    Dataset rows = Converted.rows(List.of("id"), ID, named("text"), named("binary"));
    byte[] long1 = "x\"\n".repeat(3 << 20).getBytes(StandardCharsets.UTF_8);
    byte[] long2 = new byte[9 << 20];
    Row row = Row.of(1L, LargeBytes.held(long1), LargeBytes.held(long2));
    Row small = Row.of(2L, "b", null);
    List<Row> hashes =
        made(rows, "hash", Keying.byDefault(rows), OnLossy.FAIL, small, row, small, row);
    String base64 = Base64.getEncoder().encodeToString(long2);
    String escaped = "x\\\"\\n".repeat(3 << 20);
    for (int at : List.of(1, 3)) {
      assertThat(text(hashes.get(at).get(KeyValues.ELEMENTS)))
          .isEqualTo(
              "[[\"binary\",{\"base64\":\""
                  + base64
                  + "\"}],[\"id\",\"1\"],[\"text\",\""
                  + escaped
                  + "\"]]");
    }
    assertThat(hashes.get(2).get(KeyValues.ELEMENTS))
        .isEqualTo("[[\"id\",\"2\"],[\"text\",\"b\"]]");
    List<Row> strings = made(rows, "string", Keying.byDefault(rows), OnLossy.FAIL, row);
    assertThat(text(strings.get(0).get(KeyValues.VALUE)))
        .isEqualTo("{\"id\":1,\"text\":\"" + escaped + "\",\"binary\":\"" + base64 + "\"}");
  }

  /** Its bytes are in the binary form of its engine, which nobody else reads. */
  @Test
  void losesALargeList() {
    Dataset rows = Converted.rows(List.of("id"), ID, named("list"));
    Row row = Row.of(1L, LargeBytes.held(new byte[9 << 20]));
    Keying keying = Keying.byDefault(rows);
    for (String type : List.of("hash", "string")) {
      assertThatThrownBy(() -> made(rows, type, keying, OnLossy.FAIL, row))
          .hasMessageContaining("list of id=1: a list of more than 8 MiB");
    }
    Row hash = made(rows, "hash", keying, OnLossy.WARN, row).get(0);
    assertThat(hash.get(KeyValues.ELEMENTS)).isEqualTo("[[\"id\",\"1\"]]");
    Row string = made(rows, "string", keying, OnLossy.WARN, row).get(0);
    assertThat(text(string.get(KeyValues.VALUE))).isEqualTo("{\"id\":1,\"list\":null}");
  }

  @Test
  void sendsAValueAheadThatIsLargeOnlyAsAWhole() {
    Dataset rows = Converted.rows(List.of("id"), ID, REGION, named("text"));
    String half = "y".repeat(5 << 20);
    Row made =
        made(rows, "hash", Keying.byDefault(rows), OnLossy.FAIL, Row.of(1L, half, half)).get(0);
    assertThat(made.get(KeyValues.ELEMENTS)).isInstanceOf(LargeBytes.class);
    assertThat(text(made.get(KeyValues.ELEMENTS)))
        .isEqualTo("[[\"id\",\"1\"],[\"region\",\"" + half + "\"],[\"text\",\"" + half + "\"]]");
  }

  @Test
  void namesFieldsAsChosen() {
    Dataset rows = Converted.rows(List.of("id"), ID, REGION);
    Conversion conversion =
        new RowsToKeys(
            rows, "hash", keying("{id}"), List.of(new FieldChoice("region", "area", null)));
    Row made =
        Converted.through(conversion, rows, List.of(Row.of(1L, "n")), new Noted(OnLossy.FAIL), 0)
            .get(0);
    assertThat(made.get(KeyValues.ELEMENTS)).isEqualTo("[[\"area\",\"n\"],[\"id\",\"1\"]]");
    assertThatThrownBy(
            () ->
                new RowsToKeys(
                    rows, "hash", keying("{id}"), List.of(new FieldChoice("region", null, "int"))))
        .hasMessageContaining("cannot become int");
    assertThat(Fields.nativeType(conversion.fields().get(0).target().field())).contains("text");
  }
}
