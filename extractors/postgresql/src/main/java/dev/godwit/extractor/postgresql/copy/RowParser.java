package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;

/** Reads the text of a composite into its binary form. */
final class RowParser {
  private final byte[] text;
  private int at;

  private RowParser(byte[] text) {
    this.text = text;
  }

  static void write(Form.Row form, byte[] text, ByteOut out) {
    RowParser parser = new RowParser(text);
    out.int4(form.parts().size());
    parser.expect('(');
    for (int i = 0; i < form.parts().size(); i++) {
      Form.Part part = form.parts().get(i);
      if (i > 0) {
        parser.expect(',');
      }
      out.int4(part.oid());
      byte[] value = parser.field();
      if (value == null) {
        out.int4(-1);
      } else {
        int mark = out.beginLength();
        ValueParser.write(part.form(), value, out);
        out.endLength(mark);
      }
    }
    parser.expect(')');
    if (parser.at != text.length) {
      throw new IllegalArgumentException("text after the composite");
    }
  }

  /** The next field, its quotes taken off; null for a null. */
  private byte[] field() {
    byte c = peek();
    if (c == ',' || c == ')') {
      return null;
    }
    ByteOut value = new ByteOut(64);
    if (c != '"') {
      for (; peek() != ',' && peek() != ')'; at++) {
        value.int1(text[at]);
      }
      return value.copy();
    }
    at++;
    while (true) {
      c = peek();
      at++;
      if (c == '"' && peek() != '"') {
        return value.copy();
      } else if (c == '"' || c == '\\') {
        c = peek();
        at++;
      }
      value.int1(c);
    }
  }

  private byte peek() {
    if (at == text.length) {
      throw new IllegalArgumentException("the composite is not closed");
    }
    return text[at];
  }

  private void expect(char c) {
    if (peek() != c) {
      throw new IllegalArgumentException("no " + c + " where the composite needs one");
    }
    at++;
  }
}
