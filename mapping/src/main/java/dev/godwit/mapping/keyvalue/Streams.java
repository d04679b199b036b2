package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.bytes.Digits;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.bytes.Utf8;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** JSON that is made of large values: a row of streams. */
final class Streams {
  private final List<InputStream> parts = new ArrayList<>();

  /** Opens a large value, from the beginning each time. */
  @FunctionalInterface
  interface Opening {
    InputStream open() throws IOException;
  }

  /** A stream between bytes. */
  static InputStream wrapped(byte[] before, InputStream middle, byte[] after) {
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(new ByteArrayInputStream(before), middle, new ByteArrayInputStream(after))));
  }

  /** Adds what was written so far, and begins anew. */
  void add(GrowingBytes written) {
    parts.add(new ByteArrayInputStream(Arrays.copyOf(written.array(), written.size())));
    written.cutTo(0);
  }

  /** Adds bytes as {@link JsonStrings#bytes} writes them. */
  void bytes(Opening value) throws IOException {
    if (Utf8.isPlain(value.open())) {
      text(value);
    } else {
      add(JsonStrings.BASE64);
      parts.add(new BlockInput(value.open(), Digits::base64));
      add(JsonStrings.END);
    }
  }

  /** Adds text as {@link JsonStrings#text} writes it. */
  void text(Opening value) throws IOException {
    add(Digits.ascii("\""));
    parts.add(new BlockInput(value.open(), JsonStrings::escaped));
    add(Digits.ascii("\""));
  }

  /** Adds bytes as a string of base 64. */
  void base64(Opening value) throws IOException {
    add(Digits.ascii("\""));
    parts.add(new BlockInput(value.open(), Digits::base64));
    add(Digits.ascii("\""));
  }

  /** Adds JSON as it is. */
  void json(Opening value) throws IOException {
    parts.add(value.open());
  }

  private void add(byte[] bytes) {
    parts.add(new ByteArrayInputStream(bytes));
  }

  /** All parts, one after the other. */
  InputStream together() {
    return new SequenceInputStream(Collections.enumeration(parts));
  }
}
