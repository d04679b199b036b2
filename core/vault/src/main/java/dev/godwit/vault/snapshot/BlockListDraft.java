package dev.godwit.vault.snapshot;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.list.BlockLine;
import dev.godwit.vault.list.ListKind;
import dev.godwit.vault.list.ListSeal;
import dev.godwit.vault.list.ListWriter;
import dev.godwit.vault.list.PartitionLine;
import dev.godwit.vault.plane.VaultRun;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The blocks of a partition that is being written: a few in memory, many in a list of their own.
 */
public final class BlockListDraft implements AutoCloseable {
  private final VaultRun run;
  private final ListSeal seal;
  private final Predicate<String> going;
  private final List<BlockLine> few = new ArrayList<>();
  private ListWriter many;
  private long count;

  /**
   * Where the blocks are found.
   *
   * @param inline the blocks themselves, or null
   * @param list the id of their list, or null
   */
  public record Written(List<BlockLine> inline, String list) {}

  /** Nothing is listed yet. */
  public BlockListDraft(VaultRun run) {
    this(run, list -> false);
  }

  /**
   * Nothing is listed yet.
   *
   * @param going as {@link ListWriter#ListWriter(VaultRun, ListKind, Predicate)}
   */
  public BlockListDraft(VaultRun run, Predicate<String> going) {
    this.run = run;
    this.seal = ListSeal.of(run);
    this.going = going;
  }

  /** Adds the next block. */
  public void add(BlockRef ref, boolean lastPiece) {
    BlockLine line = seal.line(ref, lastPiece);
    count++;
    if (many == null && few.size() < PartitionLine.INLINE) {
      few.add(line);
      return;
    }
    if (many == null) {
      many = new ListWriter(run, ListKind.BLOCKS, going);
      few.forEach(many::add);
      few.clear();
    }
    many.add(line);
  }

  /** How many there are. */
  public long count() {
    return count;
  }

  /** Stores them; nothing is added then. */
  public Written commit() {
    return many == null ? new Written(List.copyOf(few), null) : new Written(null, many.commit());
  }

  @Override
  public void close() {
    if (many != null) {
      many.close();
    }
  }
}
