package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.bytes.Digits;
import dev.godwit.mapping.bytes.GrowingBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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

  /** Whether bytes are UTF-8 without a zero byte; reads them to the end, and closes them. */
  static boolean isText(InputStream bytes) throws IOException {
    char[] block = new char[1 << 14];
    try (Reader reader = new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder())) {
      for (int read; (read = reader.read(block)) >= 0; ) {
        for (int i = 0; i < read; i++) {
          if (block[i] == 0) {
            return false;
          }
        }
      }
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
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
    if (isText(value.open())) {
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
