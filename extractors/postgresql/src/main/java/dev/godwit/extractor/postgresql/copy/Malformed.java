package dev.godwit.extractor.postgresql.copy;

/** Bytes that are not what the format of their type says. Whoever knows the column names it. */
final class Malformed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Malformed(String what) {
    super(what);
  }

  /** A value whose length its type never has. */
  static Malformed length(Object form, long length) {
    return new Malformed("a value of type " + form + " has " + length + " bytes");
  }
}
