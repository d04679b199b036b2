package dev.godwit.vault.volume;

import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockKind;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes of a volume's header and footer, as VOLUME-FORMAT.md lays them down. All numbers are
 * little-endian.
 */
final class VolumeFormat {
  /** The version that this code writes, and the newest that it reads. */
  static final int VERSION = 0;

  /** A zstd skippable frame: its content is nothing to a decompressor. */
  static final int SKIPPABLE = 0x184D2A57;

  /** Magic and length of a skippable frame. */
  static final int FRAME_PREFIX = 8;

  /** The whole header. */
  static final int HEADER = FRAME_PREFIX + 8 + 4 + VolumeId.BYTES + 4;

  /** One block in the footer's table. */
  static final int ENTRY = BlockId.BYTES + 8 + 4 * 5;

  /** What ends the file: where the footer begins, its checksum, the end mark. */
  static final int TRAILER = 8 + 4 + 8;

  /** Most blocks of any volume; a footer that says more is bent. */
  static final int MOST_BLOCKS = 1 << 20;

  private static final int FOOTER_PREFIX = FRAME_PREFIX + 8 + 4 + VolumeId.BYTES + 4;
  private static final byte[] HEADER_MARK = mark("GODWITVH");
  private static final byte[] FOOTER_MARK = mark("GODWITVF");
  private static final byte[] END_MARK = mark("GODWITVE");

  private VolumeFormat() {}

  private static byte[] mark(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static ByteBuffer header(VolumeId id) {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(SKIPPABLE).putInt(HEADER - FRAME_PREFIX).put(HEADER_MARK).putInt(VERSION);
    id.putTo(bytes);
    bytes.putInt(crc(bytes, bytes.position()));
    return bytes.flip();
  }

  static int footerLength(int blocks) {
    return FOOTER_PREFIX + blocks * ENTRY + TRAILER;
  }

  static ByteBuffer footer(VolumeId id, List<BlockRef> blocks, long footerAt) {
    int length = footerLength(blocks.size());
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(SKIPPABLE).putInt(length - FRAME_PREFIX).put(FOOTER_MARK).putInt(VERSION);
    id.putTo(bytes);
    bytes.putInt(blocks.size());
    for (BlockRef block : blocks) {
      block.id().putTo(bytes);
      bytes.putLong(block.offset()).putInt(block.length()).putInt(block.rawLength());
      bytes.putInt(block.rows()).putInt(block.kind().code()).putInt(block.crc());
    }
    bytes.putLong(footerAt);
    bytes.putInt(crc(bytes, bytes.position()));
    return bytes.put(END_MARK).flip();
  }

  private static int crc(ByteBuffer bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().position(0).limit(length));
    return (int) crc.getValue();
  }

  /** What a header says is wrong, or null where nothing is. */
  static String wrongHeader(ByteBuffer bytes, VolumeId id) {
    if (bytes.remaining() < HEADER) {
      return "is too short for a volume";
    }
    ByteBuffer expected = header(id);
    ByteBuffer found = bytes.slice(bytes.position(), HEADER);
    if (found.equals(expected)) {
      return null;
    }
    return has(bytes, bytes.position() + FRAME_PREFIX, HEADER_MARK)
        ? "has a bent header, or is another volume under this name"
        : "is no volume of Godwit's";
  }

  /** Where the trailer says that the footer begins; -1 where it is no trailer. */
  static long footerAt(ByteBuffer trailer) {
    ByteBuffer little = trailer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return has(trailer, trailer.position() + 12, END_MARK)
        ? little.getLong(trailer.position())
        : -1;
  }

  /** What a footer says is wrong, or null where nothing is. */
  static String wrongFooter(ByteBuffer footer, VolumeId id, long footerAt) {
    ByteBuffer bytes = footer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.remaining();
    if (length < FOOTER_PREFIX + TRAILER
        || bytes.getInt(length - 12) != crc(bytes, length - 12)
        || !has(bytes, length - 8, END_MARK)
        || bytes.getInt(0) != SKIPPABLE
        || bytes.getInt(4) != length - FRAME_PREFIX
        || !has(bytes, FRAME_PREFIX, FOOTER_MARK)) {
      return "has a bent footer";
    }
    if (bytes.getInt(16) > VERSION) {
      return "has the format " + bytes.getInt(16) + ", which is newer than this Godwit";
    }
    if (!VolumeId.from(bytes.duplicate().position(20)).equals(id)) {
      return "is another volume under this name";
    }
    int blocks = bytes.getInt(36);
    boolean sane = blocks >= 0 && blocks <= MOST_BLOCKS && footerLength(blocks) == length;
    if (!sane || bytes.getLong(length - 20) != footerAt) {
      return "has a bent footer";
    }
    return null;
  }

  /**
   * A block of the table.
   *
   * @throws IllegalArgumentException if the entry makes no sense
   */
  static BlockRef entry(ByteBuffer footer, VolumeId volume, int index) {
    ByteBuffer bytes = footer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(FOOTER_PREFIX + index * ENTRY);
    BlockId id = BlockId.from(bytes);
    long offset = bytes.getLong();
    int length = bytes.getInt();
    int raw = bytes.getInt();
    int rows = bytes.getInt();
    BlockKind kind = BlockKind.of(bytes.getInt());
    if (offset < HEADER || length <= 0 || raw < 0 || rows < 0) {
      throw new IllegalArgumentException("no block lies at " + offset + '+' + length);
    }
    return new BlockRef(id, volume, offset, length, raw, rows, kind, bytes.getInt());
  }

  static int blocks(ByteBuffer footer) {
    return footer.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(36);
  }

  static long offset(ByteBuffer footer, int index) {
    return footer
        .duplicate()
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong(FOOTER_PREFIX + index * ENTRY + BlockId.BYTES);
  }

  private static boolean has(ByteBuffer bytes, int at, byte[] mark) {
    byte[] found = new byte[mark.length];
    bytes.get(at, found);
    return Arrays.equals(found, mark);
  }
}
