package dev.godwit.mapping.document;

import java.nio.charset.StandardCharsets;

/** The names of elements, each with the zero after it. */
final class Names {
  static final byte[] ID = of("_id");

  private static final int CACHED = 1024;
  private static final byte[][] INDEXES = new byte[CACHED][];

  static {
    for (int i = 0; i < CACHED; i++) {
      INDEXES[i] = of(Integer.toString(i));
    }
  }

  private Names() {}

  /** The name of a field. */
  static byte[] of(String name) {
    return (name + '\0').getBytes(StandardCharsets.UTF_8);
  }

  /** A name without the zero. */
  static byte[] utf8(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  /** The name of an element of an array. */
  static byte[] index(int i) {
    return i < CACHED ? INDEXES[i] : of(Integer.toString(i));
  }
}
