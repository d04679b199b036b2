package dev.godwit.transfer.hash;

import static dev.godwit.testkit.sample.EveryKind.binary;
import static dev.godwit.testkit.sample.EveryKind.decimal;
import static dev.godwit.testkit.sample.EveryKind.floating;
import static dev.godwit.testkit.sample.EveryKind.integer;
import static dev.godwit.testkit.sample.EveryKind.map;
import static dev.godwit.testkit.sample.EveryKind.text;
import static dev.godwit.testkit.sample.EveryKind.timestamp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.Misfit;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Odd;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;

/** Values that mean the same hash alike, whatever they lie in; all others do not. */
class ValueHashTest {
  private static final Field NUMERIC = Fields.decimal("d", "numeric");
  private static final Field UNSIGNED = Fields.of("u", new ArrowType.Int(64, false), "uint64");

  @Test
  void wholeNumbersAreTheSameInEveryColumn() {
    Fingerprint five = Batches.of(integer("i", 64), 5L);
    assertThat(five)
        .isEqualTo(Batches.of(integer("i", 8), 5L))
        .isEqualTo(Batches.of(integer("i", 16), 5L))
        .isEqualTo(Batches.of(integer("i", 32), 5L))
        .isEqualTo(Batches.of(UNSIGNED, 5L))
        .isEqualTo(Batches.of(decimal("d", 10, 0), new BigDecimal("5")))
        .isEqualTo(Batches.of(decimal("d", 10, 2), new BigDecimal("5.00")))
        .isEqualTo(Batches.of(decimal("d", 70, 9), new BigDecimal("5.000000000")))
        .isEqualTo(Batches.of(NUMERIC, "5"))
        .isEqualTo(Batches.of(NUMERIC, "5.0"))
        .isEqualTo(Batches.of(NUMERIC, "5.0000000000000000000000000000000"))
        .isNotEqualTo(Batches.of(NUMERIC, "50"))
        .isNotEqualTo(Batches.of(NUMERIC, "-5"))
        .isNotEqualTo(Batches.of(text("t"), "5"))
        .isNotEqualTo(Batches.of(floating("f", FloatingPointPrecision.DOUBLE), 5.0));
  }

  @Test
  void decimalsAreTheSameByValue() {
    for (String number :
        List.of(
            "0.1",
            "-0.1",
            "-1.28",
            "1.27",
            "12345678901234567.8",
            "-922337203685477.5808",
            "922337203685477.5807",
            "92233720368547758.08",
            "123456789012345678901234.5")) {
      BigDecimal value = new BigDecimal(number);
      Fingerprint narrow = Batches.of(decimal("d", 38, 10), value.setScale(10));
      assertThat(narrow)
          .as(number)
          .isEqualTo(Batches.of(decimal("d", 76, 20), value.setScale(20)))
          .isEqualTo(Batches.of(decimal("d", 38, 4), value.setScale(4)))
          .isEqualTo(Batches.of(NUMERIC, number))
          .isEqualTo(Batches.of(NUMERIC, number + "000"))
          .isNotEqualTo(Batches.of(NUMERIC, number + "1"));
    }
  }

  @Test
  void numbersBeyond64BitsAreTheSameByValue() {
    BigInteger beyond = BigInteger.ONE.shiftLeft(63);
    assertThat(Batches.of(UNSIGNED, Long.MIN_VALUE))
        .isEqualTo(Batches.of(NUMERIC, beyond.toString()))
        .isEqualTo(Batches.of(decimal("d", 38, 2), new BigDecimal(beyond).setScale(2)))
        .isNotEqualTo(Batches.of(integer("i", 64), Long.MIN_VALUE));
    assertThat(Batches.of(integer("i", 64), Long.MIN_VALUE))
        .isEqualTo(Batches.of(NUMERIC, beyond.negate() + ".0"));
    BigDecimal huge = BigDecimal.TEN.pow(60);
    assertThat(Batches.of(decimal("d", 76, 0), huge))
        .isEqualTo(Batches.of(decimal("d", 76, 8), huge.setScale(8)))
        .isEqualTo(Batches.of(NUMERIC, huge.toPlainString()))
        .isEqualTo(Batches.of(NUMERIC, "1E+60"));
    assertThat(Batches.of(NUMERIC, "0.000")).isEqualTo(Batches.of(integer("i", 32), 0L));
  }

  @Test
  void floatsAreTheSameByBits() {
    Field wide = floating("f", FloatingPointPrecision.DOUBLE);
    Field narrow = floating("f", FloatingPointPrecision.SINGLE);
    assertThat(Batches.of(narrow, 0.5)).isEqualTo(Batches.of(wide, 0.5));
    assertThat(Batches.of(wide, 0.0)).isNotEqualTo(Batches.of(wide, -0.0));
    double odd = Double.longBitsToDouble(0x7ff8000000000001L);
    assertThat(Batches.of(wide, odd))
        .isEqualTo(Batches.of(wide, Double.NaN))
        .isEqualTo(Batches.of(narrow, Double.NaN));
  }

  @Test
  void timestampsAreTheSameInEveryUnit() {
    Fingerprint second = Batches.of(timestamp("t", TimeUnit.SECOND, "UTC"), -3L);
    assertThat(second)
        .isEqualTo(Batches.of(timestamp("t", TimeUnit.MILLISECOND, "UTC"), -3_000L))
        .isEqualTo(Batches.of(timestamp("t", TimeUnit.MICROSECOND, "UTC"), -3_000_000L))
        .isEqualTo(Batches.of(timestamp("t", TimeUnit.NANOSECOND, "UTC"), -3_000_000_000L))
        .isNotEqualTo(Batches.of(timestamp("t", TimeUnit.NANOSECOND, "UTC"), -2_999_999_999L))
        .isNotEqualTo(Batches.of(timestamp("t", TimeUnit.SECOND, null), -3L));
  }

  @Test
  void nullIsNoOtherValue() {
    assertThat(Batches.ofNull(text("t")))
        .isEqualTo(Batches.ofNull(integer("i", 32)))
        .isNotEqualTo(Batches.of(text("t"), ""));
    assertThat(Batches.of(text("t"), ""))
        .isNotEqualTo(Batches.of(binary("b"), new Bytes(new byte[0])));
  }

  @Test
  void listsAndMapsAreTheSameByTheirMembers() {
    Field list = Fields.of("l", ArrowType.List.INSTANCE, "int[]", integer("e", 32));
    Field wide = Fields.of("l", ArrowType.List.INSTANCE, "bigint[]", integer("e", 64));
    assertThat(Batches.of(list, List.of(1L, 2L)))
        .isEqualTo(Batches.of(wide, List.of(1L, 2L)))
        .isNotEqualTo(Batches.of(list, List.of(2L, 1L)));
    assertThat(Batches.of(list, List.of())).isNotEqualTo(Batches.ofNull(list));
    assertThat(Batches.of(list, Arrays.asList(1L, null)))
        .isNotEqualTo(Batches.of(list, List.of(1L)));
    Field map = map("m", integer("value", 32));
    assertThat(Batches.of(map, List.of(List.of("a", 1L), List.of("b", 2L))))
        .isEqualTo(Batches.of(map, List.of(List.of("b", 2L), List.of("a", 1L))))
        .isNotEqualTo(Batches.of(map, List.of(List.of("a", 2L), List.of("b", 1L))));
  }

  @Test
  void misfitsAreTheirKindAndBytes() {
    Bytes notation = new Bytes("NaN".getBytes(StandardCharsets.UTF_8));
    Fingerprint nan = Batches.of(NUMERIC, new Odd(Misfit.Kind.NAN, notation));
    assertThat(nan)
        .isEqualTo(Batches.of(decimal("d", 9, 2), new Odd(Misfit.Kind.NAN, notation)))
        .isNotEqualTo(Batches.of(NUMERIC, new Odd(Misfit.Kind.TYPE, notation)))
        .isNotEqualTo(Batches.of(NUMERIC, new Odd(Misfit.Kind.NAN, new Bytes(new byte[] {1}))))
        .isNotEqualTo(Batches.ofNull(NUMERIC));
  }

  @Test
  void aLargeValueIsTheSameInItsRowAndAheadOfIt() {
    byte[] value = new byte[LargeValue.THRESHOLD + 1];
    Arrays.fill(value, (byte) 'a');
    Fingerprint ahead = Batches.of(binary("b"), LargeBytes.held(value));
    assertThat(ahead).isEqualTo(Batches.of(binary("b"), new Bytes(value)));
    assertThat(ahead).isEqualTo(Batches.of(text("t"), "a".repeat(value.length)));
    value[value.length - 1]++;
    assertThat(ahead)
        .isNotEqualTo(Batches.of(binary("b"), LargeBytes.held(value)))
        .isNotEqualTo(Batches.of(binary("b"), new Bytes(value)));
  }
}
