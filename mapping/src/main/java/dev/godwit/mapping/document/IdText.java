package dev.godwit.mapping.document;

import dev.godwit.mapping.bytes.Digits;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.bytes.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * Writes an {@code _id} of any type as text, so that ids that a server takes for different ones
 * have different texts, and each can be made again from its text: an object id as 24 hexadecimal
 * digits, a text as itself, a number in plain digits, all else as canonical Extended JSON. A text
 * that could be taken for one of the others, or that a column of text does not hold, stands in
 * quotes, as {@link IdString} writes it; a decimal is Extended JSON, because doubles look like it.
 * Objects keep the order of their members, and a dollar that begins the name of a member is written
 * as its escape in JSON, because only values of Extended JSON begin with one.
 *
 * <p>Numbers of different types that are equal are one {@code _id} to a server.
 *
 * @see <a
 *     href="https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/">Comparison
 *     and sort order</a>
 */
final class IdText {
  private static final byte[] DOLLAR = Digits.ascii("\"\\u0024");

  private final TextWriter strings = new IdString();
  private final JsonScalars scalars = new JsonScalars(strings);

  /** Writes the value of an element. */
  void write(Elements of, int i, GrowingBytes out) {
    byte[] bytes = of.bytes();
    int from = of.value(i);
    if (of.type(i) == BsonType.OBJECT_ID) {
      Digits.hex(bytes, from, from + 12, out);
    } else if (of.type(i) == BsonType.STRING && isPlain(bytes, from + 4, of.end(i) - 1)) {
      out.raw(bytes, from + 4, of.end(i) - from - 5);
    } else {
      value(of, i, 1, out);
    }
  }

  private void value(Elements of, int i, int depth, GrowingBytes out) {
    switch (of.type(i)) {
      case BsonType.DECIMAL ->
          JsonScalars.wrappedDecimal(of.int64(of.value(i)), of.int64(of.value(i) + 8), out);
      case BsonType.DOCUMENT -> nested(of.bytes(), of.value(i), of.end(i), '{', depth, out);
      case BsonType.ARRAY -> nested(of.bytes(), of.value(i), of.end(i), '[', depth, out);
      case BsonType.CODE_WITH_SCOPE -> {
        int scope = scalars.codeBeforeScope(of, i, out);
        nested(of.bytes(), scope, of.end(i), '{', depth, out);
        out.int1('}');
      }
      default -> scalars.write(of, i, out);
    }
  }

  private void nested(byte[] bytes, int from, int to, char open, int depth, GrowingBytes out) {
    if (depth > JsonbText.DEEPEST) {
      throw new IllegalArgumentException("its _id is nested too deep");
    }
    Elements elements = new Elements();
    elements.read(bytes, from, to);
    out.int1(open);
    for (int i = 0; i < elements.count(); i++) {
      if (i > 0) {
        out.int1(',');
        out.int1(' ');
      }
      if (open == '{') {
        name(elements, i, out);
      }
      value(elements, i, depth + 1, out);
    }
    out.int1(open == '{' ? '}' : ']');
  }

  private void name(Elements of, int i, GrowingBytes out) {
    int start = out.size();
    boolean dollar = of.nameLength(i) > 0 && of.bytes()[of.name(i)] == '$';
    strings.write(of.bytes(), of.name(i), of.nameLength(i), out);
    if (dollar) {
      byte[] rest = java.util.Arrays.copyOfRange(out.array(), start + 2, out.size());
      out.cutTo(start);
      out.ascii(DOLLAR);
      out.ascii(rest);
    }
    out.int1(':');
    out.int1(' ');
  }

  /** Whether no other type looks like this text, and a column of text holds it. */
  private static boolean isPlain(byte[] bytes, int from, int to) {
    int length = to - from;
    boolean hex = length == 24;
    for (int i = from; i < to; i++) {
      byte c = bytes[i];
      hex &= (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
    if (hex || length == 0 || !Utf8.isPlain(bytes, from, to)) {
      return false;
    }
    byte first = bytes[from];
    boolean other =
        first == '{'
            || first == '['
            || first == '"'
            || first == '-'
            || (first >= '0' && first <= '9');
    String text = length <= 5 ? new String(bytes, from, length, StandardCharsets.UTF_8) : "";
    return !other && !text.equals("true") && !text.equals("false") && !text.equals("null");
  }
}
