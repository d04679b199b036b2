package dev.godwit.extractor.redis.read;

import dev.godwit.extractor.redis.rdb.RdbException;
import dev.godwit.extractor.redis.value.TypedForm;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.record.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.util.function.Function;

/** The typed form of a value that does not stay in its row, counted and hashed as it is read. */
final class LargeForm extends InputStream {
  private final KeyValue key;
  private final TypedForm typed;
  private final DigestInputStream bytes;
  private final Function<Exception, GodwitException> failure;
  private long length;

  /**
   * Continues a form of which the head was read already.
   *
   * @param head not copied
   * @param failure says what it means that a value cannot be read on
   */
  LargeForm(
      KeyValue key, byte[] head, TypedForm rest, Function<Exception, GodwitException> failure) {
    this.key = key;
    this.typed = rest;
    this.failure = failure;
    this.bytes =
        new DigestInputStream(
            new SequenceInputStream(new ByteArrayInputStream(head), rest), Sha256.begin());
  }

  KeyValue key() {
    return key;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) {
    try {
      int read = bytes.read(into, offset, count);
      length += Math.max(read, 0);
      return read;
    } catch (IOException | UncheckedIOException | RdbException e) {
      throw failure.apply(e);
    }
  }

  /** Reads what is left; the length of all. */
  long finish() {
    byte[] piece = new byte[1 << 16];
    while (read(piece, 0, piece.length) >= 0) {}
    free();
    return length;
  }

  /** Of all bytes, once they were read. */
  byte[] sha256() {
    return bytes.getMessageDigest().digest();
  }

  /** Frees what the form holds on disk. */
  void free() {
    typed.close();
  }
}
