package dev.godwit.mapping.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.Converted;
import dev.godwit.mapping.Converted.Noted;
import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.run.Conversions;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.sample.EveryKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** Keys with values become rows that people can read, and these the same keys again. */
class KeysToRowsTest {
  private static final RecordForm.Rows ROWS =
      field -> new Placement(field, Placement.Fidelity.EXACT, "");
  private static final RecordForm KEYS =
      new RecordForm.KeyValues(
          List.of("hash", "string", "list", "set", "zset", "stream", "module"));
  private static final RecordForm KEEPING_FLAGS =
      new RecordForm.KeyValues(List.of("hash", "string"), List.of("flags"));
  private static final Dataset DATABASE = keys(List.of());

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

  private static List<Row> through(Conversion conversion, Dataset source, List<Row> rows) {
    return Converted.through(conversion, source, rows, new Noted(OnLossy.FAIL), 0);
  }

  private static List<Row> odd() {
    return List.of(
        Row.of(bytes("user:1"), "hash", 1_700_000_000_123L, null, "[[\"a\",\"1.50\"]]"),
        Row.of(bytes("sch\u00f6n"), "string", null, bytes("text"), null),
        Row.of(new Bytes(new byte[] {0, 1}), "string", null, new Bytes(new byte[] {-1}), null),
        Row.of(bytes(""), "string", null, bytes(""), null),
        Row.of(bytes("{\"base64\":\"x"), "string", null, bytes("{\"base64\":\"AA==\"}"), null),
        Row.of(bytes("m"), "module", null, new Bytes(new byte[] {7, 0}), null),
        Row.of(bytes("z"), "zset", -5L, null, "[[\"m\",1.0E300],[\"n\",\"Infinity\"]]"));
  }

  @Test
  void writesTextWherePeopleCanReadIt() {
    Conversion rows = Converted.of(DATABASE, ROWS, OnLossy.FAIL, null);
    assertThat(rows.dataset().key()).containsExactly("key");
    assertThat(rows.dataset().schema().getFields().stream().map(f -> f.getType().toString()))
        .containsExactly("Utf8", "Utf8", "Timestamp(MILLISECOND, UTC)", "Utf8", "Utf8");
    assertThat(Fields.isToTheLetter(rows.dataset().schema().findField("elements"))).isTrue();
    assertThat(through(rows, DATABASE, odd()))
        .extracting(row -> row.get(0))
        .containsExactly(
            "user:1",
            "sch\u00f6n",
            "{\"base64\":\"AAE=\"}",
            "",
            "{\"base64\":\"eyJiYXNlNjQiOiJ4\"}",
            "m",
            "z");
  }

  @Test
  void becomeTheSameKeysAgain() {
    Conversion rows = Converted.of(DATABASE, ROWS, OnLossy.FAIL, null);
    List<Row> made = through(rows, DATABASE, odd());
    Conversion back = Converted.of(rows.dataset(), KEYS, OnLossy.FAIL, null);
    assertThat(KeyValues.in(back.dataset().schema())).isTrue();
    assertThat(through(back, rows.dataset(), made)).isEqualTo(odd());
  }

  @Test
  void comeBackFromColumnsInAnotherOrderWithFinerTimes() {
    Field flags = EveryKind.integer("flags", 64);
    Dataset table =
        Converted.rows(
            List.of("key"),
            flags,
            EveryKind.text("value"),
            EveryKind.text("type"),
            EveryKind.text("key"),
            Fields.json("elements", "json"),
            EveryKind.schema().findField("instant"));
    List<Field> fields = new ArrayList<>(table.schema().getFields());
    Field instant = fields.remove(5);
    fields.add(new Field("expires", instant.getFieldType(), instant.getChildren()));
    Dataset named = Converted.rows(List.of("key"), fields.toArray(new Field[0]));
    Conversion back = Converted.of(named, KEEPING_FLAGS, OnLossy.FAIL, null);
    assertThat(back.fields().stream().map(f -> f.source().getName()))
        .containsExactly("key", "type", "expires", "value", "elements", "flags");
    assertThat(through(back, named, List.of(Row.of(3L, "v", "string", "k", null, 5_000L))))
        .containsExactly(Row.of(bytes("k"), "string", 5L, bytes("v"), null, 3L));
    assertThatThrownBy(
            () -> through(back, named, List.of(Row.of(3L, "v", "string", "k", null, 5_001L))))
        .hasMessageContaining("expires of key=k: keys expire at whole milliseconds");
  }

  @Test
  void refuseRowsThatWereNoKeys() {
    Conversion rows = Converted.of(DATABASE, ROWS, OnLossy.FAIL, null);
    Conversion back = Converted.of(rows.dataset(), KEYS, OnLossy.FAIL, null);
    assertRefused(back, rows, Row.of("k", "string", null, "v", "[]"), "has both");
    assertRefused(back, rows, Row.of("k", "string", null, null, null), "has no value");
    assertRefused(back, rows, Row.of("k", "vip", null, "v", null), "has a type that no value");
    assertRefused(back, rows, Row.of(null, "string", null, "v", null), "has no key");
    assertRefused(
        back, rows, Row.of("{\"base64\":\"!\"}", "string", null, "v", null), "key that is wrong");
  }

  private static void assertRefused(Conversion back, Conversion rows, Row row, String why) {
    assertThatThrownBy(() -> through(back, rows.dataset(), List.of(row))).hasMessageContaining(why);
  }

  @Test
  void areRowsAsOthersWhereATemplateIsGiven() {
    Conversion rows = Converted.of(DATABASE, ROWS, OnLossy.FAIL, null);
    Conversion made =
        Conversions.of(
            rows.dataset(),
            KEYS,
            OnLossy.FAIL,
            List.of(),
            Optional.empty(),
            new Keying("x", Optional.of(KeyTemplate.parse("x:{key}")), Optional.empty()));
    assertThat(through(made, rows.dataset(), List.of(Row.of("k", "string", null, "v", null))))
        .containsExactly(
            Row.of(
                bytes("x:k"),
                "hash",
                null,
                null,
                "[[\"key\",\"k\"],[\"type\",\"string\"],[\"value\",\"v\"]]"));
  }

  @Test
  void largeValuesGoBothWays() {
    byte[] binary = new byte[9 << 20];
    byte[] text = new byte[9 << 20];
    Arrays.fill(text, (byte) 'x');
    byte[] elements = text.clone();
    List<Row> given =
        List.of(
            Row.of(bytes("a"), "string", null, LargeBytes.held(binary), null),
            Row.of(bytes("b"), "string", null, LargeBytes.held(text), null),
            Row.of(bytes("c"), "list", null, null, LargeBytes.held(elements)));
    Conversion rows = Converted.of(DATABASE, ROWS, OnLossy.FAIL, null);
    List<Row> made = through(rows, DATABASE, given);
    assertThat(new String(Converted.bytes(made.get(0).get(3)), StandardCharsets.US_ASCII))
        .isEqualTo("{\"base64\":\"" + Base64.getEncoder().encodeToString(binary) + "\"}");
    assertThat(made.get(1).get(3)).isEqualTo(LargeBytes.held(text));
    Conversion back = Converted.of(rows.dataset(), KEYS, OnLossy.FAIL, null);
    assertThat(through(back, rows.dataset(), made)).isEqualTo(given);
  }

  @Test
  void typesThatATargetLacksBecomeStrings() {
    RecordForm strings = new RecordForm.KeyValues(List.of("string"));
    byte[] large = new byte[9 << 20];
    Arrays.fill(large, (byte) ' ');
    List<Row> given =
        List.of(
            Row.of(bytes("a"), "string", null, bytes("v"), null),
            Row.of(bytes("b"), "list", 7L, null, "[\"x\"]"),
            Row.of(bytes("c"), "set", 7L, null, LargeBytes.held(large)));
    Conversion held = Converted.of(DATABASE, strings, OnLossy.WARN, null);
    Noted noted = new Noted(OnLossy.WARN);
    assertThat(Converted.through(held, DATABASE, given, noted, 0))
        .containsExactly(
            Row.of(bytes("a"), "string", null, bytes("v"), null),
            Row.of(bytes("b"), "string", 7L, bytes("[\"x\"]"), null),
            Row.of(bytes("c"), "string", 7L, LargeBytes.held(large), null));
    assertThat(noted.lost)
        .containsExactly(
            "elements of key=b: the target holds no list",
            "elements of key=c: the target holds no set");
    assertThatThrownBy(() -> through(held, DATABASE, given)).hasMessageContaining("no list");
  }

  @Test
  void flagsAreLostWhereTheTargetKeepsNone() {
    Dataset items = keys(List.of(EveryKind.integer("flags", 64)));
    List<Row> given =
        List.of(
            Row.of(bytes("a"), "string", null, bytes("v"), null, 7L),
            Row.of(bytes("b"), "string", null, bytes("v"), null, 0L),
            Row.of(bytes("c"), "string", null, bytes("v"), null, null));
    Conversion away = Converted.of(items, KEYS, OnLossy.WARN, null);
    Noted noted = new Noted(OnLossy.WARN);
    assertThat(Converted.through(away, items, given, noted, 0)).hasSize(3);
    assertThat(noted.lost).containsExactly("flags of key=a: not kept by another engine");
    assertThat(away.fields().get(5).target().fidelity()).isEqualTo(Placement.Fidelity.LOSSY);
    Conversion kept = Converted.of(items, KEEPING_FLAGS, OnLossy.FAIL, null);
    assertThat(through(kept, items, given)).isEqualTo(given);
    assertThat(kept.fields().get(5).target().fidelity()).isEqualTo(Placement.Fidelity.EXACT);
  }

  @Test
  void becomeDocuments() {
    List<Row> given =
        List.of(
            Row.of(bytes("user:1"), "hash", 1000L, null, "[[\"a\",\"1\"]]"),
            Row.of(bytes("t"), "string", null, new Bytes(new byte[] {-1}), null));
    assertThat(Converted.documents(DATABASE, given, new Noted(OnLossy.FAIL)))
        .extracting(document -> document.toJson())
        .containsExactly(
            "{\"_id\": \"user:1\", \"type\": \"hash\","
                + " \"expires\": {\"$date\": \"1970-01-01T00:00:01Z\"}, \"value\": null,"
                + " \"elements\": [[\"a\", \"1\"]]}",
            "{\"_id\": \"t\", \"type\": \"string\", \"expires\": null,"
                + " \"value\": \"{\\\"base64\\\":\\\"/w==\\\"}\"}");
  }
}
