package dev.godwit.storage.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * What is sent with bytes, so that the server refuses them where they were bent on their way: MD5,
 * which every server proves, and CRC-32C, which those that know it keep beside the object.
 *
 * @param crc32c in Base64, as of big-endian bytes
 * @param md5 in Base64
 */
record Checksums(String crc32c, String md5) {
  static Checksums of(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    byte[] crcBytes = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update(bytes, 0, length);
      Base64.Encoder base64 = Base64.getEncoder();
      return new Checksums(base64.encodeToString(crcBytes), base64.encodeToString(md5.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
