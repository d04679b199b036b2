package dev.godwit.extractor.redis.rdb;

import java.io.ByteArrayInputStream;

/**
 * Reads what a module wrote, of which only its own parts are known, as a payload that {@code
 * RESTORE} takes where the same module is loaded. Strings are never compressed in it, and it has
 * the oldest version: the same value is the same payload, whichever server gave it, and how.
 */
final class ModuleDecoder {
  private ModuleDecoder() {}

  static ByteArrayInputStream read(RdbInput in) {
    Payload payload = new Payload(7);
    payload.length(in.length()); // which module, and its encoding
    for (long part; (part = in.length()) != 0; ) {
      payload.length(part);
      switch ((int) part) {
        case 1, 2 -> payload.length(in.length());
        case 3 -> payload.raw(in.bytes(4));
        case 4 -> payload.raw(in.bytes(8));
        case 5 -> payload.string(in.string());
        default -> throw new RdbException("a module's part of kind " + part);
      }
    }
    payload.length(0);
    return new ByteArrayInputStream(payload.close(Payload.OLDEST));
  }

  /** Goes past what a module keeps beside the keys. */
  static void skip(RdbInput in) {
    ByteArrayInputStream ignored = read(in);
  }
}
