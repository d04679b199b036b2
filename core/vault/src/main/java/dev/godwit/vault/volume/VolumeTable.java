package dev.godwit.vault.volume;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The blocks of a volume, by its footer, in the order of their offsets. */
public final class VolumeTable {
  private final VolumeId id;
  private final ByteBuffer footer;
  private final long footerAt;

  private VolumeTable(VolumeId id, ByteBuffer footer, long footerAt) {
    this.id = id;
    this.footer = footer;
    this.footerAt = footerAt;
  }

  /**
   * Reads a volume's header and footer, and proves both.
   *
   * @param size of the file
   * @throws DamagedBlockException if they are not those of this volume
   */
  public static VolumeTable read(Storage storage, VolumeId id, long size)
      throws IOException, DamagedBlockException {
    String path = Layout.volume(id);
    if (size < VolumeFormat.HEADER + VolumeFormat.footerLength(0)) {
      throw new DamagedBlockException(size == 0 ? "is empty" : "is too short for a volume");
    }
    ByteBuffer header = bytes(storage, path, 0, VolumeFormat.HEADER);
    String wrong = VolumeFormat.wrongHeader(header, id);
    if (wrong == null) {
      long trailerAt = size - VolumeFormat.TRAILER;
      ByteBuffer trailer = bytes(storage, path, trailerAt, VolumeFormat.TRAILER);
      long footerAt = VolumeFormat.footerAt(trailer);
      if (footerAt < VolumeFormat.HEADER || footerAt >= size || size - footerAt > (1 << 30)) {
        throw new DamagedBlockException("is cut short, or has a bent footer");
      }
      ByteBuffer footer = bytes(storage, path, footerAt, (int) (size - footerAt));
      wrong = VolumeFormat.wrongFooter(footer, id, footerAt);
      if (wrong == null) {
        return new VolumeTable(id, footer, footerAt);
      }
    }
    throw new DamagedBlockException(wrong);
  }

  private static ByteBuffer bytes(Storage storage, String path, long offset, int length)
      throws IOException, DamagedBlockException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    if (storage.read(path, offset, bytes) != length) {
      throw new DamagedBlockException("is cut short");
    }
    return bytes.flip();
  }

  /** Which volume it is. */
  public VolumeId id() {
    return id;
  }

  /** How many blocks there are. */
  public int size() {
    return VolumeFormat.blocks(footer);
  }

  /** Where the first block begins. */
  public long firstOffset() {
    return VolumeFormat.HEADER;
  }

  /** Where the last block ends, and the footer begins. */
  public long footerAt() {
    return footerAt;
  }

  /** The bytes that this table takes in memory. */
  public int weight() {
    return footer.capacity();
  }

  /**
   * A block, from 0.
   *
   * @throws DamagedBlockException if its entry makes no sense
   */
  public BlockRef block(int index) throws DamagedBlockException {
    try {
      return VolumeFormat.entry(footer, id, index);
    } catch (IllegalArgumentException e) {
      throw new DamagedBlockException("has a bent footer", e);
    }
  }

  /** Whether the volume holds the block at its place. */
  public boolean holds(BlockRef ref) {
    return at(ref.offset()).map(ref::equals).orElse(false);
  }

  /** The block whose frame begins at an offset; nothing where none does. */
  public Optional<BlockRef> at(long wanted) {
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long offset = VolumeFormat.offset(footer, middle);
      if (offset == wanted) {
        return Optional.of(VolumeFormat.entry(footer, id, middle));
      } else if (offset < wanted) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }
}
