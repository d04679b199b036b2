package dev.godwit.testkit.sample;

import dev.godwit.spi.record.FieldKind;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.row.Interval;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** One random value of any field, never null. */
final class RandomValues {
  private static final double[] FLOATS = {
    0.0, -0.0, 1.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.1, 1e-40
  };
  private static final String[] WORDS = {
    "godwit", "", "Grüße", "海鳥", "a'b\"c\\d", "line\nbreak", "😀", " ", "null", "0"
  };

  private final Random random;

  RandomValues(Random random) {
    this.random = random;
  }

  Object of(Field field) {
    ArrowType type = field.getType();
    return switch (FieldKind.of(field)) {
      case BOOL -> random.nextBoolean();
      case INTEGER -> integer(((ArrowType.Int) type).getBitWidth());
      case UNSIGNED -> random.nextLong();
      case FLOAT -> floating(((ArrowType.FloatingPoint) type).getPrecision());
      case DECIMAL -> decimal((ArrowType.Decimal) type);
      case TEXT_DECIMAL ->
          new BigDecimal(new BigInteger(1 + random.nextInt(90), random), random.nextInt(20))
              .toPlainString();
      case TEXT -> text();
      case BINARY -> bytes(random.nextInt(60));
      case DATE -> (long) random.nextInt(200_000) - 100_000;
      case TIME -> time(((ArrowType.Time) type).getUnit());
      case LOCAL_TIMESTAMP, INSTANT -> timestamp(((ArrowType.Timestamp) type).getUnit());
      case INTERVAL -> new Interval(random.nextInt(100) - 50, random.nextInt(), random.nextLong());
      case UUID -> bytes(16);
      case JSON -> "{\"a\": " + random.nextInt(1000) + ", \"a\":[ ]}";
      case BSON -> Documents.random(random.nextLong(), random);
      case OPAQUE -> type instanceof ArrowType.Utf8 ? "(" + random.nextInt() + ",0)" : bytes(9);
      case LIST -> list(field.getChildren().get(0));
      case STRUCT -> struct(field.getChildren());
      case MAP -> map(field.getChildren().get(0).getChildren());
    };
  }

  private Object orNull(Field field) {
    return random.nextInt(8) == 0 ? null : of(field);
  }

  private Long integer(int bits) {
    long value = random.nextLong() >> (64 - bits);
    return switch (random.nextInt(10)) {
      case 0 -> 0L;
      case 1 -> -1L;
      case 2 -> Long.MAX_VALUE >> (64 - bits);
      case 3 -> Long.MIN_VALUE >> (64 - bits);
      default -> value;
    };
  }

  private Double floating(FloatingPointPrecision precision) {
    double value =
        random.nextInt(4) == 0 ? FLOATS[random.nextInt(FLOATS.length)] : random.nextGaussian();
    return precision == FloatingPointPrecision.SINGLE ? (double) (float) value : value;
  }

  private BigDecimal decimal(ArrowType.Decimal type) {
    int digits = 1 + random.nextInt(type.getPrecision());
    BigInteger unscaled = new BigInteger(digits * 3, random);
    return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.getScale());
  }

  private String text() {
    return WORDS[random.nextInt(WORDS.length)] + WORDS[random.nextInt(WORDS.length)];
  }

  private Bytes bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return new Bytes(bytes);
  }

  private Long time(TimeUnit unit) {
    long micros = (long) (random.nextDouble() * 86_400_000_000L);
    return unit == TimeUnit.NANOSECOND ? micros * 1000 + random.nextInt(1000) : micros;
  }

  private Long timestamp(TimeUnit unit) {
    long seconds = random.nextInt();
    return switch (unit) {
      case SECOND -> seconds;
      case MILLISECOND -> seconds * 1000 + random.nextInt(1000);
      case MICROSECOND -> seconds * 1_000_000 + random.nextInt(1_000_000);
      case NANOSECOND -> seconds * 1_000_000_000 + random.nextInt(1_000_000_000);
    };
  }

  private List<Object> list(Field element) {
    List<Object> values = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      values.add(orNull(element));
    }
    return values;
  }

  private List<Object> struct(List<Field> children) {
    List<Object> values = new ArrayList<>();
    children.forEach(child -> values.add(orNull(child)));
    return values;
  }

  private List<Object> map(List<Field> keyAndValue) {
    List<Object> entries = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      List<Object> entry = new ArrayList<>();
      entry.add("key " + i + text());
      entry.add(orNull(keyAndValue.get(1)));
      entries.add(entry);
    }
    return entries;
  }
}
