package dev.godwit.mapping.document;

import dev.godwit.mapping.bytes.GrowingBytes;

/** Writes text in quotes. */
interface TextWriter {
  /** Writes what claims to be UTF-8. */
  void write(byte[] utf8, int from, int length, GrowingBytes out);
}
