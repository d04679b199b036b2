package dev.godwit.vault.volume;

import static dev.godwit.vault.volume.VolumeFormat.PREFIX;

import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.FormatVersion;
import dev.godwit.vault.key.BentSealException;
import dev.godwit.vault.key.Plane;
import dev.godwit.vault.key.WriterKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The header of an encrypted volume: which volume it is, of which vault and which writer, and the
 * sealed keys of the runs whose frames it holds. The keys are sealed once more in the writer plane,
 * and so vouched for: anybody can seal a key to the vault's public key.
 */
final class SealedHeader {
  private static final byte[] MARK = VolumeFormat.mark("GODWITSH");
  private static final int NAMES = 16 + 16;
  private static final int FIXED = PREFIX + NAMES + 4;

  /** No header has more: some thousand keys. */
  private static final int MOST = 1 << 20;

  private static final int AT_ONCE = 4096;

  private SealedHeader() {}

  /** A header with keys, each as {@code DataKey.sealed} gives it. */
  static byte[] write(WriterKeys writer, String vault, VolumeId id, List<byte[]> keys) {
    ByteBuffer plain = VolumeFormat.allocate(keys.stream().mapToInt(key -> 2 + key.length).sum());
    keys.forEach(key -> plain.putShort((short) key.length).put(key));
    int sealedLength = plain.capacity() + 16; // AES-SIV adds its synthetic nonce
    ByteBuffer bytes = VolumeFormat.allocate(FIXED + sealedLength + 4);
    VolumeFormat.begin(bytes, MARK, id).put(hex(vault)).put(hex(writer.writerId()));
    bytes.putInt(sealedLength);
    bytes.put(writer.seal(Plane.VOLUME, VolumeFormat.all(plain), aad(bytes)));
    return VolumeFormat.all(VolumeFormat.endHeader(bytes));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  /** All that comes before the sealed keys. */
  private static byte[] aad(ByteBuffer header) {
    byte[] aad = new byte[FIXED];
    header.get(0, aad);
    return aad;
  }

  /** Reads the header of a volume, and proves that it is of this volume and of this vault. */
  static byte[] read(VolumeBytes file, String vault) throws IOException, DamagedBlockException {
    byte[] header = read(file);
    if (!vault(header).equals(vault)) {
      throw new DamagedBlockException("is a volume of another vault");
    }
    return header;
  }

  /** The id of the vault that a header names which was read. */
  static String vault(byte[] header) {
    return HexFormat.of().formatHex(header, PREFIX, PREFIX + 16);
  }

  /** Whether a file begins as an encrypted volume does. */
  static boolean isAt(ByteBuffer first) {
    return first.remaining() > PREFIX && VolumeFormat.has(first, VolumeFormat.FRAME_PREFIX, MARK);
  }

  /** Reads the header of a volume, and proves that it is of this volume, of whichever vault. */
  static byte[] read(VolumeBytes file) throws IOException, DamagedBlockException {
    ByteBuffer first = file.at(0, (int) Math.min(file.size(), AT_ONCE));
    if (first.remaining() < FIXED + 4) {
      throw new DamagedBlockException(file.size() == 0 ? "is empty" : "is too short for a volume");
    }
    int length = first.getInt(FIXED - 4);
    if (!VolumeFormat.has(first, VolumeFormat.FRAME_PREFIX, MARK)) {
      throw new DamagedBlockException(
          PlainVolumes.isAt(first)
              ? "is a volume of a vault that is not encrypted"
              : "is no encrypted volume of Godwit's");
    }
    if (length < 0 || length > MOST) {
      throw new DamagedBlockException("has a bent header");
    }
    int total = FIXED + length + 4;
    ByteBuffer bytes = total <= first.remaining() ? first.limit(total) : file.at(0, total);
    requireWhole(bytes.order(ByteOrder.LITTLE_ENDIAN), file.id());
    byte[] header = new byte[total];
    bytes.get(0, header);
    return header;
  }

  private static void requireWhole(ByteBuffer bytes, VolumeId id) throws DamagedBlockException {
    int total = bytes.remaining();
    if (bytes.getInt(total - 4) != VolumeFormat.crc(bytes, total - 4)
        || bytes.getInt(0) != VolumeFormat.SKIPPABLE
        || bytes.getInt(4) != total - VolumeFormat.FRAME_PREFIX) {
      throw new DamagedBlockException("has a bent header");
    }
    if (bytes.getInt(16) != FormatVersion.CURRENT) {
      throw new DamagedBlockException(FormatVersion.wrong(bytes.getInt(16)));
    }
    if (!VolumeId.from(bytes.duplicate().position(20)).equals(id)) {
      throw new DamagedBlockException("is another volume under this name");
    }
  }

  /** The sealed keys in a header that was read. */
  static List<byte[]> keys(WriterKeys writer, byte[] header) throws DamagedBlockException {
    byte[] sealed = Arrays.copyOfRange(header, FIXED, header.length - 4);
    try {
      ByteBuffer plain =
          ByteBuffer.wrap(writer.open(Plane.VOLUME, sealed, Arrays.copyOf(header, FIXED)))
              .order(ByteOrder.LITTLE_ENDIAN);
      List<byte[]> keys = new ArrayList<>();
      while (plain.hasRemaining()) {
        byte[] key = new byte[Short.toUnsignedInt(plain.getShort())];
        plain.get(key);
        keys.add(key);
      }
      return keys;
    } catch (BentSealException | RuntimeException e) {
      throw new DamagedBlockException("has a bent or forged header", e);
    }
  }
}
