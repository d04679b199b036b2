package dev.godwit.vault.moved;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.FormatVersion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What became of the blocks of one volume: old offset to new volume, offset, length and checksum of
 * the frame. The bytes are those of VAULT-FORMAT.md; all numbers are little-endian.
 */
public final class MovedTable {
  private static final int HEAD = 8 + 4 + VolumeId.BYTES + 4 + 4;
  private static final int ENTRY = 8 + 4 + 8 + 4 + 4;
  private static final int TAIL = 4 + 8;
  private static final byte[] HEAD_MARK = "GODWITMH".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END_MARK = "GODWITME".getBytes(StandardCharsets.US_ASCII);

  private final VolumeId from;
  private final List<VolumeId> volumes;
  private final ByteBuffer entries;

  private MovedTable(VolumeId from, List<VolumeId> volumes, ByteBuffer entries) {
    this.from = from;
    this.volumes = volumes;
    this.entries = entries;
  }

  /**
   * A block that was moved.
   *
   * @param from its offset in the old volume
   * @param to where it lies now
   */
  public record Move(long from, BlockRef to) {}

  /** The table of a volume's moves, in the order of their old offsets. */
  public static MovedTable of(VolumeId from, List<Move> moves) {
    Map<VolumeId, Integer> numbers = new LinkedHashMap<>();
    ByteBuffer entries = allocate(moves.size() * ENTRY);
    long last = -1;
    for (Move move : moves) {
      if (move.from() <= last) {
        throw new IllegalArgumentException("moves come out of order");
      }
      last = move.from();
      int number = numbers.computeIfAbsent(move.to().volume(), id -> numbers.size());
      entries.putLong(move.from()).putInt(number).putLong(move.to().offset());
      entries.putInt(move.to().length()).putInt(move.to().crc());
    }
    return new MovedTable(from, List.copyOf(numbers.keySet()), entries.flip());
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Its bytes in a file. */
  public ByteBuffer bytes() {
    int length = HEAD + volumes.size() * VolumeId.BYTES + entries.limit() + TAIL;
    ByteBuffer bytes = allocate(length);
    bytes.put(HEAD_MARK).putInt(FormatVersion.CURRENT);
    from.putTo(bytes);
    bytes.putInt(volumes.size()).putInt(size());
    volumes.forEach(volume -> volume.putTo(bytes));
    bytes.put(entries.duplicate().position(0));
    bytes.putInt(crc(bytes, bytes.position())).put(END_MARK);
    return bytes.flip();
  }

  private static int crc(ByteBuffer bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().position(0).limit(length));
    return (int) crc.getValue();
  }

  /**
   * Reads a table.
   *
   * @throws DamagedBlockException if it is bent, or another volume's
   */
  public static MovedTable parse(VolumeId from, byte[] file) throws DamagedBlockException {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int length = file.length;
    if (length < HEAD + TAIL
        || !Arrays.equals(file, 0, 8, HEAD_MARK, 0, 8)
        || !Arrays.equals(file, length - 8, length, END_MARK, 0, 8)
        || bytes.getInt(length - TAIL) != crc(bytes, length - TAIL)) {
      throw new DamagedBlockException("is no whole table of moved blocks");
    }
    if (bytes.getInt(8) != FormatVersion.CURRENT) {
      throw new DamagedBlockException(FormatVersion.wrong(bytes.getInt(8)));
    }
    bytes.position(12);
    if (!VolumeId.from(bytes).equals(from)) {
      throw new DamagedBlockException("is another volume's table under this name");
    }
    long count = bytes.getInt();
    long moves = bytes.getInt();
    if (count < 0 || moves < 0 || HEAD + count * VolumeId.BYTES + moves * ENTRY + TAIL != length) {
      throw new DamagedBlockException("has another length than it says");
    }
    List<VolumeId> volumes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      volumes.add(VolumeId.from(bytes));
    }
    ByteBuffer entries = bytes.slice(bytes.position(), (int) moves * ENTRY);
    MovedTable table =
        new MovedTable(from, List.copyOf(volumes), entries.order(ByteOrder.LITTLE_ENDIAN));
    table.requireSane();
    return table;
  }

  private void requireSane() throws DamagedBlockException {
    for (int i = 0; i < size(); i++) {
      int number = entries.getInt(i * ENTRY + 8);
      boolean ordered = i == 0 || offset(i - 1) < offset(i);
      if (number < 0 || number >= volumes.size() || !ordered) {
        throw new DamagedBlockException("holds an entry that makes no sense");
      }
    }
  }

  /** How many blocks were moved. */
  public int size() {
    return entries.limit() / ENTRY;
  }

  /** The bytes that it takes in memory. */
  int weight() {
    return entries.limit() + 64 * volumes.size();
  }

  /** The volumes that the blocks were moved to. */
  public List<VolumeId> volumes() {
    return volumes;
  }

  private long offset(int index) {
    return entries.getLong(index * ENTRY);
  }

  /** Where a block of the old volume lies now; nothing where it was not moved. */
  public Optional<BlockRef> find(BlockRef ref) {
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (offset(middle) < ref.offset()) {
        low = middle + 1;
      } else if (offset(middle) > ref.offset()) {
        high = middle - 1;
      } else {
        return at(middle, ref);
      }
    }
    return Optional.empty();
  }

  private Optional<BlockRef> at(int index, BlockRef ref) {
    int at = index * ENTRY;
    boolean same = entries.getInt(at + 20) == ref.length() && entries.getInt(at + 24) == ref.crc();
    return same
        ? Optional.of(ref.at(volumes.get(entries.getInt(at + 8)), entries.getLong(at + 12)))
        : Optional.empty();
  }
}
