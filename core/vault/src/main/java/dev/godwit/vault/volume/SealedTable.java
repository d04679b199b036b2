package dev.godwit.vault.volume;

import static dev.godwit.vault.volume.VolumeFormat.PREFIX;
import static dev.godwit.vault.volume.VolumeFormat.TRAILER;

import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockKind;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.key.BentSealException;
import dev.godwit.vault.key.Domain;
import dev.godwit.vault.key.Plane;
import dev.godwit.vault.key.WriterKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The footer of an encrypted volume: its block table, sealed in the writer plane and bound to the
 * header and to its own place, and the proof of the domain. A row says nothing of what its block
 * holds.
 */
final class SealedTable implements VolumeRow {
  private static final byte[] MARK = VolumeFormat.mark("GODWITSF");
  private static final int ROW = BlockId.BYTES + 8 + 4 * 3;
  private static final int FIXED = PREFIX + VolumeProof.BYTES + 4;
  private static final int SIV = 16;

  private SealedTable() {}

  static int length(int blocks) {
    return FIXED + SIV + blocks * ROW + TRAILER;
  }

  static ByteBuffer write(
      WriterKeys writer,
      Domain domain,
      byte[] header,
      VolumeId id,
      List<BlockRef> blocks,
      long footerAt) {
    ByteBuffer rows = VolumeFormat.allocate(blocks.size() * ROW);
    for (BlockRef block : blocks) {
      block.id().putTo(rows);
      rows.putLong(block.offset()).putInt(block.length()).putInt(block.kind().code());
      rows.putInt(block.crc());
    }
    byte[] sealed = writer.seal(Plane.VOLUME, VolumeFormat.all(rows), aad(header, footerAt));
    ByteBuffer bytes = VolumeFormat.allocate(length(blocks.size()));
    VolumeFormat.begin(bytes, MARK, id);
    bytes.put(VolumeProof.mac(domain, VolumeProof.hash(header, sealed)));
    bytes.putInt(sealed.length).put(sealed);
    return VolumeFormat.endFooter(bytes, footerAt);
  }

  private static byte[] aad(byte[] header, long footerAt) {
    return VolumeFormat.all(VolumeFormat.allocate(header.length + 8).put(header).putLong(footerAt));
  }

  @Override
  public int bytes() {
    return ROW;
  }

  @Override
  public BlockRef read(ByteBuffer row, VolumeId volume) {
    BlockId id = BlockId.from(row);
    long offset = row.getLong();
    int length = row.getInt();
    BlockKind kind = BlockKind.of(row.getInt());
    int crc = row.getInt();
    return new BlockRef(id, volume, offset, length, BlockRef.UNTOLD, BlockRef.UNTOLD, kind, crc);
  }

  /** Reads a volume's header and footer, and proves both. */
  static VolumeTable read(VolumeBytes file, WriterKeys writer, String vault)
      throws IOException, DamagedBlockException {
    byte[] header = SealedHeader.read(file, vault);
    List<byte[]> keys = SealedHeader.keys(writer, header);
    long footerAt = file.footerAt(header.length);
    ByteBuffer footer = file.footer(footerAt, MARK);
    int length = footer.remaining() < FIXED + SIV + TRAILER ? -1 : footer.getInt(FIXED - 4);
    if (length != footer.remaining() - FIXED - TRAILER || (length - SIV) % ROW != 0) {
      throw new DamagedBlockException("has a bent footer");
    }
    byte[] mac = new byte[VolumeProof.BYTES];
    byte[] sealed = new byte[length];
    footer.get(PREFIX, mac).get(FIXED, sealed);
    try {
      byte[] rows = writer.open(Plane.VOLUME, sealed, aad(header, footerAt));
      return new VolumeTable(
          file.id(),
          new SealedTable(),
          ByteBuffer.wrap(rows),
          header.length,
          footerAt,
          Optional.of(new VolumeProof(VolumeProof.hash(header, sealed), mac)),
          keys);
    } catch (BentSealException e) {
      throw new DamagedBlockException("has a bent or forged footer", e);
    }
  }
}
