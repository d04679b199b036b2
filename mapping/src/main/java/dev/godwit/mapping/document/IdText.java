package dev.godwit.mapping.document;

import dev.godwit.mapping.document.RowLosses.FieldLosses;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Writes an {@code _id} of any type as text, so that different ones have different texts: an object
 * id as 24 hexadecimal digits, a text as itself, a number in plain digits, all else as Extended
 * JSON. A text that could be taken for one of the others stands in quotes, as JSON has it; a
 * decimal is Extended JSON, because doubles look like it.
 */
final class IdText {
  private final JsonbText json;

  IdText(FieldLosses losses) {
    this.json = new JsonbText(losses);
  }

  /** Writes the value of an element. */
  void write(Elements elements, int i, GrowingBytes out) {
    byte[] bytes = elements.bytes();
    int from = elements.value(i);
    switch (elements.type(i)) {
      case BsonType.OBJECT_ID ->
          JsonbText.ascii(HexFormat.of().formatHex(bytes, from, from + 12), out);
      case BsonType.STRING -> {
        int length = elements.end(i) - from - 5;
        if (isPlain(bytes, from + 4, length)) {
          out.raw(bytes, from + 4, length);
        } else {
          json.text(bytes, from + 4, length, out);
        }
      }
      case BsonType.DECIMAL -> {
        JsonbText.ascii("{\"$numberDecimal\": \"", out);
        int start = out.size();
        json.value(elements, i, out);
        if (out.array()[start] == '{') { // it is Extended JSON already
          out.remove(start - "{\"$numberDecimal\": \"".length(), start);
        } else {
          JsonbText.ascii("\"}", out);
        }
      }
      default -> json.value(elements, i, out);
    }
  }

  /** Whether no other type looks like this text. */
  private static boolean isPlain(byte[] bytes, int from, int length) {
    boolean hex = length == 24;
    for (int i = from; i < from + length; i++) {
      byte c = bytes[i];
      if (c == 0) {
        return false;
      }
      hex &= (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
    if (hex || length == 0 || !OddValues.isUtf8(bytes, from, length)) {
      return false;
    }
    byte first = bytes[from];
    boolean other = first == '{' || first == '"' || first == '-' || (first >= '0' && first <= '9');
    String text = length <= 5 ? new String(bytes, from, length, StandardCharsets.UTF_8) : "";
    return !other && !text.equals("true") && !text.equals("false") && !text.equals("null");
  }
}
