package dev.godwit.mapping.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.Converted;
import dev.godwit.mapping.Converted.Noted;
import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.OnLossy;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.Placement.Fidelity;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.Fields;
import dev.godwit.testkit.row.Interval;
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.sample.EveryKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows become rows of a target that has other types. */
class RowsToRowsTest {
  private static final Field ID = EveryKind.integer("id", 64);

  /** A target whose times end at microseconds, and whose text has no zero character. */
  private static final RecordForm.Rows TARGET =
      field ->
          switch (FieldKind.of(field)) {
            case TEXT -> new Placement(field, Fidelity.LOSSY, "no zero character");
            case JSON -> new Placement(field, Fidelity.LOSSY, "");
            case TIME ->
                placed(
                    Fields.of(field.getName(), new ArrowType.Time(TimeUnit.MICROSECOND, 64), "t"));
            case INSTANT ->
                placed(EveryKind.timestamp(field.getName(), TimeUnit.MICROSECOND, "UTC"));
            case STRUCT, MAP -> placed(Fields.json(field.getName(), "json"));
            default -> new Placement(field, Fidelity.EXACT, "");
          };

  private static Placement placed(Field field) {
    return new Placement(field, Fidelity.LOSSY, "");
  }

  private static Object one(Field field, Object value, Noted losses) {
    Dataset rows = Converted.rows(List.of("id"), ID, field);
    Conversion conversion = Converted.of(rows, TARGET, losses.policy(), null);
    return Converted.through(conversion, rows, List.of(Row.of(5L, value)), losses, 0).get(0).get(1);
  }

  @ParameterizedTest
  @CsvSource({
    "SECOND, -3, -3000000, ''",
    "MILLISECOND, 7, 7000, ''",
    "MICROSECOND, 7, 7, ''",
    "NANOSECOND, 7000, 7, ''",
    "NANOSECOND, 7001, 7, end at microseconds",
    "NANOSECOND, -1, -1, end at microseconds",
    "SECOND, 9223372036855, , beyond what the target holds",
    "MILLISECOND, -9223372036854776, , beyond what the target holds",
  })
  void instantsHaveTheTargetsUnit(TimeUnit unit, long value, Long becomes, String why) {
    Noted losses = new Noted(OnLossy.WARN);
    assertThat(one(EveryKind.timestamp("at", unit, "UTC"), value, losses)).isEqualTo(becomes);
    if (why.isEmpty()) {
      assertThat(losses.lost).isEmpty();
    } else {
      assertThat(losses.lost).singleElement().asString().startsWith("at of id=5: ").contains(why);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": \"\\u0000\"} | {\"a\": \"\"}",
        "{\"a\": \"\\\\u0000\"} | {\"a\": \"\\\\u0000\"}",
        "{\"a\": \"\\\\\\u0000x\\\"\"} | {\"a\": \"\\\\x\\\"\"}",
        "\"\\u00001\" | \"1\"",
        "\"\\u0001\" | \"\\u0001\"",
      })
  void zeroCharactersLeaveJson(String json, String without) {
    Noted losses = new Noted(OnLossy.WARN);
    assertThat(one(Fields.json("j", "json"), json, losses)).isEqualTo(without);
    assertThat(losses.lost).hasSize(json.equals(without) ? 0 : 1);
  }

  @Test
  void whatIsMadeOfValuesBecomesJson() {
    Noted losses = new Noted(OnLossy.FAIL);
    Field struct = EveryKind.schema().findField("struct");
    assertThat(one(struct, List.of(1L, "a\"\u0001", List.of(5L)), losses))
        .isEqualTo("{\"number\": 1, \"word\": \"a\\\"\\u0001\", \"inner\": [5]}");
    assertThat(one(EveryKind.schema().findField("map"), List.of(List.of("k", 7L)), losses))
        .isEqualTo("{\"k\": 7}");
    Noted warned = new Noted(OnLossy.WARN);
    assertThat(one(struct, List.of(1L, "a\0b", List.of()), warned))
        .isEqualTo("{\"number\": 1, \"word\": \"ab\", \"inner\": []}");
    assertThat(warned.lost).hasSize(1);
  }

  @Test
  void intervalsEndAtMicroseconds() {
    Noted losses = new Noted(OnLossy.WARN);
    Field interval = EveryKind.schema().findField("interval");
    assertThat(one(interval, new Interval(1, -2, -3_001L), losses))
        .isEqualTo(new Interval(1, -2, -3_000L));
    assertThat(losses.lost).hasSize(1);
  }

  @Test
  void largeValuesStayOnTheirWay() {
    Noted losses = new Noted(OnLossy.FAIL);
    LargeBytes large = LargeBytes.held("x".repeat(9 << 20).getBytes(StandardCharsets.UTF_8));
    assertThat(one(EveryKind.text("s"), large, losses)).isEqualTo(large);
    Noted warned = new Noted(OnLossy.WARN);
    assertThat(one(EveryKind.schema().findField("struct"), large, warned)).isNull();
    assertThat(warned.lost).singleElement().asString().contains("9437184 bytes");
  }

  @Test
  void columnsCanBeCalledOtherwiseAndBeText() {
    Dataset rows = Converted.rows(List.of("id"), ID, EveryKind.schema().findField("struct"));
    Conversion conversion =
        Converted.of(
            rows,
            TARGET,
            OnLossy.FAIL,
            null,
            new FieldChoice("id", "number", null),
            new FieldChoice("struct", null, "text"));
    assertThat(conversion.dataset().key()).containsExactly("number");
    assertThat(conversion.dataset().required()).containsExactly("number");
    assertThat(
            Converted.through(
                conversion,
                rows,
                List.of(Row.of(5L, List.of(1L, "x", List.of()))),
                new Noted(OnLossy.FAIL),
                0))
        .containsExactly(Row.of(5L, "{\"number\": 1, \"word\": \"x\", \"inner\": []}"));
    assertThatThrownBy(
            () -> Converted.of(rows, TARGET, OnLossy.FAIL, null, new FieldChoice("x", "y", null)))
        .hasMessageContaining("has no column x");
    assertThatThrownBy(
            () ->
                Converted.of(rows, TARGET, OnLossy.FAIL, null, new FieldChoice("id", null, "xml")))
        .hasMessageContaining("cannot become xml");
    assertThatThrownBy(
            () ->
                Converted.of(
                    rows, TARGET, OnLossy.FAIL, null, new FieldChoice("id", "struct", null)))
        .hasMessageContaining("two columns");
  }
}
