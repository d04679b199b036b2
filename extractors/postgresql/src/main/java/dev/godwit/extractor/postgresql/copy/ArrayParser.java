package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of an array, of any dimensions and bounds, into its binary form. */
final class ArrayParser {
  private static final Pattern BOUND = Pattern.compile("\\[(-?\\d+):(-?\\d+)\\]");

  private final Form.Items form;
  private final byte[] text;
  private final List<Integer> sizes = new ArrayList<>();
  private final ByteOut elements = new ByteOut(256);
  private boolean nulls;
  private int at;

  ArrayParser(Form.Items form, byte[] text) {
    this.form = form;
    this.text = text;
  }

  void write(ByteOut out) {
    List<Integer> lowers = lowers();
    if (text.length - at == 2 && text[at] == '{' && text[at + 1] == '}') {
      at = text.length;
    } else {
      dimension(0);
    }
    if (at != text.length) {
      throw new IllegalArgumentException("text after the array");
    }
    out.int4(sizes.size());
    out.int4(nulls ? 1 : 0);
    out.int4(form.elementOid());
    for (int i = 0; i < sizes.size(); i++) {
      out.int4(sizes.get(i));
      out.int4(lowers.isEmpty() ? 1 : lowers.get(i));
    }
    out.raw(elements.bytes(), 0, elements.length());
  }

  private List<Integer> lowers() {
    List<Integer> lowers = new ArrayList<>();
    if (text.length > 0 && text[0] == '[') {
      while (text[at] != '=') {
        at++;
      }
      Matcher bounds = BOUND.matcher(new String(text, 0, at, StandardCharsets.US_ASCII));
      while (bounds.find()) {
        lowers.add(Integer.valueOf(bounds.group(1)));
      }
      at++;
    }
    return lowers;
  }

  private void dimension(int depth) {
    expect('{');
    if (depth == sizes.size()) {
      sizes.add(-1);
    }
    int count = 0;
    do {
      if (peek() == '{') {
        dimension(depth + 1);
      } else {
        element();
      }
      count++;
    } while (next() == ',');
    if (text[at - 1] != '}' || (sizes.get(depth) >= 0 && sizes.get(depth) != count)) {
      throw new IllegalArgumentException("dimensions differ");
    }
    sizes.set(depth, count);
  }

  private void element() {
    if (peek() == '"') {
      value(quoted());
      return;
    }
    int from = at;
    while (peek() != ',' && peek() != '}') {
      at++;
    }
    byte[] plain = Arrays.copyOfRange(text, from, at);
    if (new String(plain, StandardCharsets.ISO_8859_1).equals("NULL")) {
      nulls = true;
      elements.int4(-1);
    } else {
      value(plain);
    }
  }

  private void value(byte[] element) {
    int mark = elements.beginLength();
    ValueParser.write(form.element(), element, elements);
    elements.endLength(mark);
  }

  private byte[] quoted() {
    at++;
    ByteOut value = new ByteOut(64);
    for (byte c = next(); c != '"'; c = next()) {
      value.int1(c == '\\' ? next() : c);
    }
    return value.copy();
  }

  private byte peek() {
    if (at == text.length) {
      throw new IllegalArgumentException("the array is not closed");
    }
    return text[at];
  }

  private byte next() {
    byte c = peek();
    at++;
    return c;
  }

  private void expect(char c) {
    if (next() != c) {
      throw new IllegalArgumentException("no " + c + " where the array needs one");
    }
  }
}
