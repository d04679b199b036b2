package dev.godwit.mapping.row;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthVector;

/** Finds zero characters in text, which few stores but the one that it comes from hold. */
final class ZeroCharacters {
  static final String WHY = "the text holds a zero character";

  private static final String ESCAPE = "\\u0000";
  private static final long LOW = 0x0101_0101_0101_0101L;
  private static final long HIGH = 0x8080_8080_8080_8080L;

  private ZeroCharacters() {}

  /** Whether any value of a column has one. */
  static boolean areIn(BaseVariableWidthVector text, int rows) {
    return rows > 0 && areIn(text.getDataBuffer(), text.getStartOffset(0), end(text, rows - 1));
  }

  /** Whether a value, of JSON, has the escape of one; or looks as if it had. */
  static boolean isEscapedIn(BaseVariableWidthVector json, int row) {
    ArrowBuf bytes = json.getDataBuffer();
    int zeros = 0;
    for (int at = json.getStartOffset(row); at < end(json, row); at++) {
      byte c = bytes.getByte(at);
      zeros = c == '\\' ? 1 : zeros == 1 && c == 'u' ? 2 : zeros >= 2 && c == '0' ? zeros + 1 : 0;
      if (zeros == ESCAPE.length()) {
        return true;
      }
    }
    return false;
  }

  private static int end(BaseVariableWidthVector text, int row) {
    return text.getStartOffset(row + 1);
  }

  private static boolean areIn(ArrowBuf bytes, int from, int to) {
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long eight = bytes.getLong(at);
      if (((eight - LOW) & ~eight & HIGH) != 0) {
        return true;
      }
    }
    for (; at < to; at++) {
      if (bytes.getByte(at) == 0) {
        return true;
      }
    }
    return false;
  }

  /** JSON without the escapes of zero characters. */
  static String leftOutOfJson(String json) {
    int found = json.indexOf(ESCAPE);
    if (found < 0) {
      return json;
    }
    StringBuilder out = new StringBuilder(json.length());
    for (int at = 0; at < json.length(); at++) {
      char c = json.charAt(at);
      if (c == '\\' && json.startsWith(ESCAPE, at)) {
        at += ESCAPE.length() - 1;
      } else {
        out.append(c);
        if (c == '\\') { // what it escapes is no escape itself
          at++;
          out.append(json.charAt(at));
        }
      }
    }
    return out.toString();
  }
}
