package dev.godwit.testkit.sample;

import dev.godwit.spi.record.Fields;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** A schema with a field for every kind in {@link dev.godwit.spi.record.FieldKind} and width. */
public final class EveryKind {
  private static final ArrowType UTF8 = ArrowType.Utf8.INSTANCE;
  private static final ArrowType BINARY = ArrowType.Binary.INSTANCE;

  private EveryKind() {}

  /** A field of whole numbers of 8 to 64 bits. */
  public static Field integer(String name, int bits) {
    return Fields.of(name, new ArrowType.Int(bits, true), "int" + bits);
  }

  /** A field of text. */
  public static Field text(String name) {
    return Fields.of(name, UTF8, "text");
  }

  /** A field of bytes. */
  public static Field binary(String name) {
    return Fields.of(name, BINARY, "bytes");
  }

  /** A field of decimals: 128 bits up to 38 digits, else 256. */
  public static Field decimal(String name, int precision, int scale) {
    int bits = precision > 38 ? 256 : 128;
    return Fields.of(
        name,
        new ArrowType.Decimal(precision, scale, bits),
        "decimal(" + precision + "," + scale + ")");
  }

  /** A field of timestamps; a time zone makes them instants, null leaves them local. */
  public static Field timestamp(String name, TimeUnit unit, String zone) {
    return Fields.of(name, new ArrowType.Timestamp(unit, zone), "timestamp");
  }

  /** A field of maps from text to a field. */
  public static Field map(String name, Field value) {
    Field key = new Field("key", FieldType.notNullable(UTF8), null);
    Field entries =
        new Field("entries", FieldType.notNullable(ArrowType.Struct.INSTANCE), List.of(key, value));
    return Fields.of(name, new ArrowType.Map(false), "map", entries);
  }

  /** A field of floating point numbers, single or double. */
  public static Field floating(String name, FloatingPointPrecision precision) {
    return Fields.of(name, new ArrowType.FloatingPoint(precision), "float");
  }

  /** The schema. Its first field is {@code id}, a whole number that is never null or odd. */
  public static Schema schema() {
    return new Schema(
        List.of(
            integer("id", 64),
            Fields.of("bool", ArrowType.Bool.INSTANCE, "bool"),
            integer("int8", 8),
            integer("int16", 16),
            integer("int32", 32),
            integer("int64", 64),
            Fields.of("uint64", new ArrowType.Int(64, false), "uint64"),
            floating("float32", FloatingPointPrecision.SINGLE),
            floating("float64", FloatingPointPrecision.DOUBLE),
            decimal("decimal128", 20, 4),
            decimal("decimal256", 60, 10),
            Fields.decimal("decimal", "numeric"),
            text("text"),
            binary("binary"),
            Fields.of("date", new ArrowType.Date(DateUnit.DAY), "date"),
            Fields.of("time", new ArrowType.Time(TimeUnit.MICROSECOND, 64), "time"),
            Fields.of("time_ns", new ArrowType.Time(TimeUnit.NANOSECOND, 64), "time"),
            timestamp("local", TimeUnit.MICROSECOND, null),
            timestamp("local_ns", TimeUnit.NANOSECOND, null),
            timestamp("instant", TimeUnit.MICROSECOND, "UTC"),
            timestamp("instant_ms", TimeUnit.MILLISECOND, "UTC"),
            Fields.of("interval", new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO), "interval"),
            Fields.uuid("uuid", "uuid"),
            Fields.json("json", "json"),
            Fields.bson("bson", "document"),
            Fields.opaque("opaque", UTF8, "point", "memory", "point"),
            Fields.opaque("opaque_bytes", BINARY, "blob", "memory", "blob"),
            Fields.of("list", ArrowType.List.INSTANCE, "int32[]", integer("element", 32)),
            Fields.of("texts", ArrowType.List.INSTANCE, "text[]", text("element")),
            Fields.of(
                "struct",
                ArrowType.Struct.INSTANCE,
                "pair",
                integer("number", 32),
                text("word"),
                Fields.of("inner", ArrowType.List.INSTANCE, "int64[]", integer("element", 64))),
            map("map", integer("value", 64))));
  }
}
