package dev.godwit.vault.volume;

import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.FormatVersion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * What headers and footers of all volumes share, as VOLUME-FORMAT.md lays it down. All numbers are
 * little-endian.
 */
final class VolumeFormat {
  /** A zstd skippable frame: its content is nothing to a decompressor. */
  static final int SKIPPABLE = 0x184D2A57;

  /** Magic and length of a skippable frame. */
  static final int FRAME_PREFIX = 8;

  /** What each begins with: a skippable frame, its mark, the version, the volume's id. */
  static final int PREFIX = FRAME_PREFIX + 8 + 4 + VolumeId.BYTES;

  /** What ends the file: where the footer begins, its checksum, the end mark. */
  static final int TRAILER = 8 + 4 + 8;

  /** Most blocks of any volume; a footer that says more is bent. */
  static final int MOST_BLOCKS = 1 << 20;

  private static final byte[] END_MARK = mark("GODWITVE");

  private VolumeFormat() {}

  static byte[] mark(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static ByteBuffer allocate(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** All bytes of a buffer, wherever it stands. */
  static byte[] all(ByteBuffer bytes) {
    byte[] all = new byte[bytes.capacity()];
    bytes.get(0, all);
    return all;
  }

  /** Begins a header or a footer that takes the whole buffer. */
  static ByteBuffer begin(ByteBuffer bytes, byte[] mark, VolumeId id) {
    bytes
        .putInt(SKIPPABLE)
        .putInt(bytes.capacity() - FRAME_PREFIX)
        .put(mark)
        .putInt(FormatVersion.CURRENT);
    id.putTo(bytes);
    return bytes;
  }

  /** Ends a header: a checksum of all before it. */
  static ByteBuffer endHeader(ByteBuffer bytes) {
    return bytes.putInt(crc(bytes, bytes.position())).flip();
  }

  /** Ends a footer with the trailer. */
  static ByteBuffer endFooter(ByteBuffer bytes, long footerAt) {
    bytes.putLong(footerAt);
    bytes.putInt(crc(bytes, bytes.position()));
    return bytes.put(END_MARK).flip();
  }

  static int crc(ByteBuffer bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().position(0).limit(length));
    return (int) crc.getValue();
  }

  /** Where the trailer says that the footer begins; -1 where it is no trailer. */
  static long footerAt(ByteBuffer trailer) {
    ByteBuffer little = trailer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return has(trailer, trailer.position() + 12, END_MARK)
        ? little.getLong(trailer.position())
        : -1;
  }

  /** What a footer of any form says is wrong, or null where nothing is. */
  static String wrongFooter(ByteBuffer footer, byte[] mark, VolumeId id, long footerAt) {
    ByteBuffer bytes = footer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.remaining();
    if (length < PREFIX + TRAILER
        || bytes.getInt(length - 12) != crc(bytes, length - 12)
        || !has(bytes, length - 8, END_MARK)
        || bytes.getInt(0) != SKIPPABLE
        || bytes.getInt(4) != length - FRAME_PREFIX
        || !has(bytes, FRAME_PREFIX, mark)) {
      return "has a bent footer";
    }
    if (bytes.getInt(16) != FormatVersion.CURRENT) {
      return FormatVersion.wrong(bytes.getInt(16));
    }
    if (!VolumeId.from(bytes.duplicate().position(20)).equals(id)) {
      return "is another volume under this name";
    }
    return bytes.getLong(length - TRAILER) == footerAt ? null : "has a bent footer";
  }

  static boolean has(ByteBuffer bytes, int at, byte[] mark) {
    byte[] found = new byte[mark.length];
    bytes.get(at, found);
    return Arrays.equals(found, mark);
  }
}
