package dev.godwit.extractor.postgresql.copy;

import java.io.IOException;

/** Takes the bytes of a {@code copy ... from stdin}; rows may be cut anywhere. */
@FunctionalInterface
public interface CopySink {
  /** Takes bytes; the array may be changed as soon as the call returns. */
  void write(byte[] bytes, int offset, int length) throws IOException;
}
