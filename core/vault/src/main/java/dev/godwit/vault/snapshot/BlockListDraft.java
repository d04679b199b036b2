package dev.godwit.vault.snapshot;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.list.BlockLine;
import dev.godwit.vault.list.ListKind;
import dev.godwit.vault.list.ListWriter;
import dev.godwit.vault.list.PartitionLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The blocks of a partition that is being written: a few in memory, many in a list of their own.
 */
final class BlockListDraft implements AutoCloseable {
  private final Storage storage;
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
  record Written(List<BlockLine> inline, String list) {}

  /**
   * Nothing is listed yet.
   *
   * @param going as {@link ListWriter#ListWriter(Storage, ListKind, Predicate)}
   */
  BlockListDraft(Storage storage, Predicate<String> going) {
    this.storage = storage;
    this.going = going;
  }

  void add(BlockLine line) {
    count++;
    if (many == null && few.size() < PartitionLine.INLINE) {
      few.add(line);
      return;
    }
    if (many == null) {
      many = new ListWriter(storage, ListKind.BLOCKS, going);
      few.forEach(many::add);
      few.clear();
    }
    many.add(line);
  }

  long count() {
    return count;
  }

  Written commit() {
    return many == null ? new Written(List.copyOf(few), null) : new Written(null, many.commit());
  }

  @Override
  public void close() {
    if (many != null) {
      many.close();
    }
  }
}
