package dev.godwit.vault.index;

import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockKind;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.FormatVersion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/**
 * The bytes of an index segment, as VAULT-FORMAT.md lays them down: head, records sorted by id,
 * fan-out table, volumes, proof, tail. All numbers are little-endian.
 */
final class IndexFormat {
  static final int HEAD = 16;
  static final int RECORD = 64;
  static final int VOLUME = VolumeId.BYTES + 8;
  static final int TAIL = 8 + 4 + 4 + 4 + 8;
  static final String SUFFIX = ".gwi";

  /** About how many records share a slot of the fan-out table: one read of 4 KiB. */
  private static final int PER_SLOT = 64;

  private static final int MOST_BITS = 20;
  private static final long HEAD_MARK = mark("GODWITIX");
  private static final long TAIL_MARK = mark("GODWITIE");

  private IndexFormat() {}

  private static long mark(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong();
  }

  static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static ByteBuffer head() {
    return allocate(HEAD).putLong(HEAD_MARK).putInt(FormatVersion.CURRENT).putInt(RECORD).flip();
  }

  static boolean isHead(ByteBuffer head) {
    return head.getLong(0) == HEAD_MARK
        && head.getInt(8) == FormatVersion.CURRENT
        && head.getInt(12) == RECORD;
  }

  /**
   * What ends a segment.
   *
   * @param records how many there are
   * @param bits of an id that choose its slot in the fan-out table, which has 2^bits + 1 numbers
   * @param volumes how many are covered
   * @param proof how many bytes of proof come right before it; not written
   * @param crc CRC-32C of all that comes before it in the file
   */
  record Tail(long records, int bits, int volumes, int proof, int crc) {
    /** The numbers, as they begin the tail: what a proof takes of it. */
    static ByteBuffer numbers(long records, int bits, int volumes) {
      return allocate(16).putLong(records).putInt(bits).putInt(volumes).flip();
    }

    ByteBuffer bytes() {
      return allocate(TAIL)
          .put(numbers(records, bits, volumes))
          .putInt(crc)
          .putLong(TAIL_MARK)
          .flip();
    }

    /** Null where the bytes are no tail. */
    static Tail of(ByteBuffer bytes, long size, int proof) {
      Tail tail =
          new Tail(bytes.getLong(0), bytes.getInt(8), bytes.getInt(12), proof, bytes.getInt(16));
      boolean sane =
          bytes.getLong(20) == TAIL_MARK
              && tail.bits >= 0
              && tail.bits <= MOST_BITS
              && tail.volumes >= 0
              && tail.records >= 0
              && tail.records <= size / RECORD;
      return sane && tail.tailAt() + TAIL == size ? tail : null;
    }

    /**
     * Most records that a slot is believed to have. Ids are hashes, so that slots are about even;
     * one of more would have half a segment read into memory.
     */
    long mostOfSlot() {
      return 4096 + 16 * (records >>> bits);
    }

    long fanOutAt() {
      return HEAD + records * RECORD;
    }

    long volumesAt() {
      return fanOutAt() + 4L * ((1 << bits) + 1);
    }

    long proofAt() {
      return volumesAt() + (long) volumes * VOLUME;
    }

    long tailAt() {
      return proofAt() + proof;
    }
  }

  /** How many bits of an id choose the slot, for at most so many records. */
  static int bits(long records) {
    int bits = 0;
    while (bits < MOST_BITS && records >>> bits > PER_SLOT) {
      bits++;
    }
    return bits;
  }

  static int slot(BlockId id, int bits) {
    return bits == 0 ? 0 : (int) (id.a() >>> (64 - bits));
  }

  static void putRecord(ByteBuffer into, BlockRef ref, int volume) {
    ref.id().putTo(into);
    into.putInt(volume).putLong(ref.offset()).putInt(ref.length()).putInt(ref.rawLength());
    into.putInt(ref.rows()).putInt(ref.kind().code()).putInt(ref.crc());
  }

  /** A record: which volume of the segment's table, and the block with that volume's id. */
  static BlockRef record(ByteBuffer from, IntFunction<VolumeId> volumes) {
    BlockId id = BlockId.from(from);
    VolumeId volume = volumes.apply(from.getInt());
    long offset = from.getLong();
    int length = from.getInt();
    int raw = from.getInt();
    int rows = from.getInt();
    BlockKind kind = BlockKind.of(from.getInt());
    return new BlockRef(id, volume, offset, length, raw, rows, kind, from.getInt());
  }
}
