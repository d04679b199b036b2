package dev.godwit.vault.volume;

import static dev.godwit.vault.volume.VolumeFormat.PREFIX;
import static dev.godwit.vault.volume.VolumeFormat.TRAILER;

import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockKind;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Volumes of a vault that is not encrypted. */
final class PlainVolumes implements VolumeSeal, VolumeRow {
  private static final int HEADER = PREFIX + 4;
  private static final int ROW = BlockId.BYTES + 8 + 4 * 5;
  private static final int COUNT_AT = PREFIX;
  private static final byte[] HEADER_MARK = VolumeFormat.mark("GODWITVH");
  private static final byte[] FOOTER_MARK = VolumeFormat.mark("GODWITVF");

  @Override
  public int headerLength() {
    return HEADER;
  }

  @Override
  public ByteBuffer header(VolumeId id) {
    return VolumeFormat.endHeader(
        VolumeFormat.begin(VolumeFormat.allocate(HEADER), HEADER_MARK, id));
  }

  @Override
  public int footerLength(int blocks) {
    return PREFIX + 4 + blocks * ROW + TRAILER;
  }

  @Override
  public ByteBuffer footer(VolumeId id, List<BlockRef> blocks, long footerAt) {
    ByteBuffer bytes = VolumeFormat.allocate(footerLength(blocks.size()));
    VolumeFormat.begin(bytes, FOOTER_MARK, id).putInt(blocks.size());
    for (BlockRef block : blocks) {
      block.id().putTo(bytes);
      bytes.putLong(block.offset()).putInt(block.length()).putInt(block.rawLength());
      bytes.putInt(block.rows()).putInt(block.kind().code()).putInt(block.crc());
    }
    return VolumeFormat.endFooter(bytes, footerAt);
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
    int raw = row.getInt();
    int rows = row.getInt();
    BlockKind kind = BlockKind.of(row.getInt());
    if (offset < HEADER || length <= 0 || raw < 0 || rows < 0) {
      throw new IllegalArgumentException("no block lies at " + offset + '+' + length);
    }
    return new BlockRef(id, volume, offset, length, raw, rows, kind, row.getInt());
  }

  /** Whether a file begins as a volume that is not encrypted does. */
  static boolean isAt(ByteBuffer first) {
    return first.remaining() >= HEADER
        && VolumeFormat.has(first, VolumeFormat.FRAME_PREFIX, HEADER_MARK);
  }

  /** Reads a volume's header and footer, and proves both. */
  static VolumeTable table(VolumeBytes file) throws IOException, DamagedBlockException {
    PlainVolumes form = new PlainVolumes();
    if (file.size() < HEADER + form.footerLength(0)) {
      throw new DamagedBlockException(file.size() == 0 ? "is empty" : "is too short for a volume");
    }
    ByteBuffer header = file.at(0, HEADER);
    if (!header.equals(form.header(file.id()))) {
      throw new DamagedBlockException(
          isAt(header)
              ? "has a bent header, or is another volume under this name"
              : SealedHeader.isAt(header)
                  ? "is a volume of an encrypted vault"
                  : "is no volume of Godwit's");
    }
    long footerAt = file.footerAt(HEADER);
    ByteBuffer footer = file.footer(footerAt, FOOTER_MARK);
    int blocks = footer.getInt(COUNT_AT);
    boolean sane = blocks >= 0 && blocks <= VolumeFormat.MOST_BLOCKS;
    if (!sane || footer.remaining() != form.footerLength(blocks)) {
      throw new DamagedBlockException("has a bent footer");
    }
    ByteBuffer rows = footer.slice(PREFIX + 4, blocks * ROW);
    return new VolumeTable(file.id(), form, rows, HEADER, footerAt, Optional.empty(), List.of());
  }
}
