package dev.godwit.testkit.row;

import dev.godwit.spi.record.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The value of a row that travels ahead of it. Equal by length and hash. */
public final class LargeBytes {
  /** Opens the bytes, from the beginning each time. */
  @FunctionalInterface
  public interface Opening {
    InputStream open() throws IOException;
  }

  private final long length;
  private final Bytes sha256;
  private final Opening opening;

  private LargeBytes(long length, Bytes sha256, Opening opening) {
    this.length = length;
    this.sha256 = sha256;
    this.opening = opening;
  }

  /** Bytes kept in memory. */
  public static LargeBytes held(byte[] bytes) {
    return new LargeBytes(
        bytes.length,
        new Bytes(Sha256.begin().digest(bytes)),
        () -> new ByteArrayInputStream(bytes));
  }

  /** Bytes made anew whenever they are read; length and hash are known beforehand. */
  public static LargeBytes generated(long length, String sha256, Opening opening) {
    return new LargeBytes(length, new Bytes(HexFormat.of().parseHex(sha256)), opening);
  }

  /** Reads to the end and keeps only length and hash. */
  public static LargeBytes measured(InputStream bytes) throws IOException {
    MessageDigest digest = Sha256.begin();
    byte[] piece = new byte[1 << 16];
    long length = 0;
    for (int read; (read = bytes.read(piece)) >= 0; length += read) {
      digest.update(piece, 0, read);
    }
    return new LargeBytes(
        length,
        new Bytes(digest.digest()),
        () -> {
          throw new IOException("only length and hash were kept");
        });
  }

  /** Reads to the end and keeps the bytes in a new file of the folder. */
  public static LargeBytes inFile(InputStream bytes, Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "large-", ".bin");
    file.toFile().deleteOnExit();
    MessageDigest digest = Sha256.begin();
    Files.delete(file);
    long length = Files.copy(new DigestInputStream(bytes, digest), file);
    return new LargeBytes(length, new Bytes(digest.digest()), () -> Files.newInputStream(file));
  }

  /** In bytes. */
  public long length() {
    return length;
  }

  /** Of all bytes; 32 bytes. */
  public Bytes sha256() {
    return sha256;
  }

  /** The bytes, from the beginning. */
  public InputStream open() throws IOException {
    return opening.open();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LargeBytes that && length == that.length && sha256.equals(that.sha256);
  }

  @Override
  public int hashCode() {
    return sha256.hashCode();
  }

  @Override
  public String toString() {
    return length + " bytes, SHA-256 " + sha256;
  }
}
