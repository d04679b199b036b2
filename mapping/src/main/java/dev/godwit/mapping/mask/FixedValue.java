package dev.godwit.mapping.mask;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** The one value of a mask {@code fixed:TEXT}, as its column takes it. */
final class FixedValue {
  private FixedValue() {}

  /** What keeps the column from taking it; empty where nothing does. */
  static Optional<String> check(String text, ColumnMask mask) {
    return switch (mask.type()) {
      case TEXT ->
          text.codePointCount(0, text.length()) <= mask.length()
              ? Optional.empty()
              : Optional.of("takes no more than " + mask.length() + " characters");
      case INTEGER -> integer(text, mask.bits());
      case BOOL ->
          text.equals("true") || text.equals("false")
              ? Optional.empty()
              : Optional.of("takes true or false, and not '" + text + "'");
      case UUID -> uuid(text);
      default ->
          Optional.of(
              "is of a type that cannot be masked with fixed: text, whole numbers, booleans and"
                  + " uuids can");
    };
  }

  private static Optional<String> integer(String text, int bits) {
    boolean fits = text.matches("-?[0-9]{1,20}") && new BigInteger(text).bitLength() < bits;
    return fits
        ? Optional.empty()
        : Optional.of("takes whole numbers of " + bits + " bits, and not '" + text + "'");
  }

  private static Optional<String> uuid(String text) {
    try {
      var ignored = UUID.fromString(text);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("takes uuids, and not '" + text + "'");
    }
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] uuidBytes(String text) {
    UUID uuid = UUID.fromString(text);
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }
}
