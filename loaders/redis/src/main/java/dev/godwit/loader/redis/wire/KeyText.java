package dev.godwit.loader.redis.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A key, for people: in quotes where it is text, else in hexadecimal; cut where it is long. */
public final class KeyText {
  private static final int MOST = 80;

  private KeyText() {}

  /** The text of a key that lies among other bytes. */
  public static String of(byte[] bytes, int offset, int length) {
    int shown = Math.min(length, MOST);
    String rest = length > MOST ? "... (" + length + " bytes)" : "";
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, offset, shown))
              .toString();
      if (text.chars().noneMatch(Character::isISOControl)) {
        return '"' + text + '"' + rest;
      }
    } catch (CharacterCodingException e) {
      // It is no text.
    }
    return "0x" + HexFormat.of().formatHex(bytes, offset, offset + shown) + rest;
  }
}
