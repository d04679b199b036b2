package dev.godwit.loader.redis.payload;

/**
 * The name of the type of a module's value: nine characters of six bits each, at the head of its
 * payload, {@code moduleTypeNameByID}.
 */
public final class ModuleName {
  private static final String CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final int WIDE = 0x81;

  private ModuleName() {}

  /** The name in a payload; {@code unknown} where it has none. */
  public static String of(byte[] payload, int offset, int length) {
    if (length < 10 || (payload[offset + 1] & 0xff) != WIDE) {
      return "unknown";
    }
    long id = 0;
    for (int i = 2; i < 10; i++) {
      id = (id << 8) | (payload[offset + i] & 0xff);
    }
    StringBuilder name = new StringBuilder();
    for (int shift = 58; shift >= 10; shift -= 6) {
      name.append(CHARACTERS.charAt((int) (id >>> shift) & 0x3f));
    }
    return name.toString();
  }
}
