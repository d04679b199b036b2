package dev.godwit.transfer.hash;

import dev.godwit.spi.record.Misfit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * The values of a row, read back from its bytes: null, {@link Boolean}, {@link BigDecimal} for
 * exact numbers, {@link Double}, {@link String}, {@link ByteBuffer}, {@link UUID}, {@link
 * LocalDate}, {@link LocalTime}, {@link LocalDateTime}, {@link Instant}, {@link Interval}, a {@link
 * List} for lists, structs and maps (entries as lists of two), {@link Odd} and {@link Large}. Two
 * values are equal where their bytes are.
 */
public final class RowValues {
  private final ByteBuffer in;

  private RowValues(ByteBuffer in) {
    this.in = in;
  }

  /** Months, days and nanoseconds. */
  public record Interval(int months, int days, long nanoseconds) {}

  /** A value that its column cannot hold, in its engine's own notation. */
  public record Odd(Misfit.Kind kind, ByteBuffer bytes) {}

  /** A value known by its length in bytes and its SHA-256 in hexadecimal digits. */
  public record Large(long length, String sha256) {}

  /** The first {@code count} values of a row. */
  public static List<Object> of(byte[] bytes, int count) {
    RowValues reading = new RowValues(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    return reading.values(count);
  }

  /** A copy of the bytes that a value holds. */
  public static byte[] copy(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return bytes;
  }

  private List<Object> values(int count) {
    List<Object> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(value());
    }
    return Collections.unmodifiableList(values);
  }

  private Object value() {
    int tag = in.get();
    return switch (tag) {
      case Tag.NULL -> null;
      case Tag.BOOL -> in.get() != 0;
      case Tag.WHOLE -> BigDecimal.valueOf(in.getLong());
      case Tag.DECIMAL -> {
        int scale = in.getInt();
        yield new BigDecimal(new BigInteger(bytes()), scale);
      }
      case Tag.FLOAT -> in.getDouble();
      case Tag.TEXT -> text();
      case Tag.BYTES -> ByteBuffer.wrap(bytes());
      case Tag.UUID -> uuid();
      case Tag.DATE -> LocalDate.ofEpochDay(in.getLong());
      case Tag.TIME -> LocalTime.ofNanoOfDay(in.getLong() * 1000 + in.getShort());
      case Tag.LOCAL_TIMESTAMP -> LocalDateTime.ofInstant(instant(), ZoneOffset.UTC);
      case Tag.INSTANT -> instant();
      case Tag.INTERVAL -> new Interval(in.getInt(), in.getInt(), in.getLong());
      case Tag.LIST, Tag.STRUCT -> values(in.getInt());
      case Tag.MAP -> {
        int count = in.getInt();
        List<Object> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          entries.add(values(2));
        }
        yield Collections.unmodifiableList(entries);
      }
      case Tag.MISFIT -> {
        Misfit.Kind kind = Misfit.Kind.valueOf(text());
        yield new Odd(kind, ByteBuffer.wrap(bytes()));
      }
      case Tag.LARGE -> {
        long length = in.getLong();
        byte[] hash = new byte[32];
        in.get(hash);
        yield new Large(length, HexFormat.of().formatHex(hash));
      }
      default -> throw new IllegalArgumentException("no value begins with " + tag);
    };
  }

  private byte[] bytes() {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return bytes;
  }

  private String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  private UUID uuid() {
    long high = Long.reverseBytes(in.getLong());
    return new UUID(high, Long.reverseBytes(in.getLong()));
  }

  private Instant instant() {
    long microseconds = in.getLong();
    return Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS).plusNanos(in.getShort());
  }
}
