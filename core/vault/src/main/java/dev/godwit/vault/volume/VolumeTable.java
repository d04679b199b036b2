package dev.godwit.vault.volume;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.key.Domain;
import dev.godwit.vault.key.WriterKeys;
import dev.godwit.vault.plane.VaultFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** The blocks of a volume, by its footer, in the order of their offsets. */
public final class VolumeTable {
  private final VolumeId id;
  private final VolumeRow form;
  private final ByteBuffer rows;
  private final long firstOffset;
  private final long footerAt;
  private final Optional<VolumeProof> proof;
  private final List<byte[]> keys;

  /**
   * A table.
   *
   * @param rows of its form, all that remain
   * @param proof of whose domain the volume is; none where the vault is not encrypted
   * @param keys of the runs whose frames it holds, as they are sealed; none likewise
   */
  VolumeTable(
      VolumeId id,
      VolumeRow form,
      ByteBuffer rows,
      long firstOffset,
      long footerAt,
      Optional<VolumeProof> proof,
      List<byte[]> keys) {
    this.keys = List.copyOf(keys);
    this.proof = proof;
    this.id = id;
    this.form = form;
    this.rows = rows.order(ByteOrder.LITTLE_ENDIAN);
    this.firstOffset = firstOffset;
    this.footerAt = footerAt;
  }

  /**
   * Reads a volume's header and footer, and proves both.
   *
   * @param size of the file
   * @throws DamagedBlockException if they are not those of this volume
   */
  public static VolumeTable read(VaultFiles files, VolumeId id, long size)
      throws IOException, DamagedBlockException {
    return read(files, VolumeBytes.asAsked(files.storage(), id, size));
  }

  /** As {@link #read}, by few requests, for whoever reads nothing else of the volume. */
  public static VolumeTable readAlone(VaultFiles files, VolumeId id, long size)
      throws IOException, DamagedBlockException {
    return read(files, VolumeBytes.byTheEnd(files.storage(), id, size));
  }

  private static VolumeTable read(VaultFiles files, VolumeBytes file)
      throws IOException, DamagedBlockException {
    Optional<WriterKeys> keys = files.writing();
    return keys.isPresent()
        ? SealedTable.read(file, keys.get(), files.vaultId())
        : PlainVolumes.table(file);
  }

  /** Whether the volume was written in a domain: its blocks have ids of it then. */
  public boolean isOf(Domain domain) {
    return proof.map(p -> p.isOf(domain)).orElse(false);
  }

  /**
   * The keys of the runs whose frames it holds, as they are sealed; none where the vault is not
   * encrypted.
   */
  public List<byte[]> keys() {
    return keys;
  }

  /** Which volume it is. */
  public VolumeId id() {
    return id;
  }

  /** How many blocks there are. */
  public int size() {
    return rows.capacity() / form.bytes();
  }

  /** Where the first block begins. */
  public long firstOffset() {
    return firstOffset;
  }

  /** Where the last block ends, and the footer begins. */
  public long footerAt() {
    return footerAt;
  }

  /** The bytes that this table takes in memory. */
  public int weight() {
    return rows.capacity() + keys.stream().mapToInt(key -> key.length).sum();
  }

  /**
   * A block, from 0.
   *
   * @throws DamagedBlockException if its entry makes no sense
   */
  public BlockRef block(int index) throws DamagedBlockException {
    try {
      return row(index);
    } catch (IllegalArgumentException e) {
      throw new DamagedBlockException("has a bent footer", e);
    }
  }

  private BlockRef row(int index) {
    ByteBuffer row = rows.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return form.read(row.position(index * form.bytes()), id);
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
      long offset = rows.getLong(middle * form.bytes() + VolumeRow.OFFSET_AT);
      if (offset == wanted) {
        return entry(middle);
      } else if (offset < wanted) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }

  /** Nothing where the entry makes no sense. */
  private Optional<BlockRef> entry(int index) {
    try {
      return Optional.of(row(index));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
