package dev.godwit.vault.check;

import dev.godwit.vault.list.ListKind;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.list.PartitionLine;
import dev.godwit.vault.list.ReferenceLine;
import dev.godwit.vault.plane.VaultFiles;
import java.util.Optional;

/**
 * Holds a snapshot's references against its contents while those are read: whoever prunes knows
 * only what the references name. Used by one thread.
 */
final class ReferencesWalk implements AutoCloseable {
  private final Optional<ListReader> lines;

  /**
   * Begins.
   *
   * @param list of the references; nothing where there are none to be held against
   */
  ReferencesWalk(VaultFiles files, Optional<String> list) {
    this.lines = list.map(id -> ListReader.open(files, id, ListKind.REFERENCES));
  }

  /**
   * The next partition of the contents.
   *
   * @throws IllegalArgumentException if the references name anything else now
   */
  void expect(PartitionLine partition) {
    if (lines.isPresent()) {
      if (partition.list() != null) {
        expect(new ReferenceLine(partition.list(), null));
      } else {
        partition.blocks().forEach(block -> expect(new ReferenceLine(null, block)));
      }
    }
  }

  private void expect(ReferenceLine expected) {
    if (!lines.orElseThrow().next(ReferenceLine.class).equals(Optional.of(expected))) {
      throw new IllegalArgumentException("refers to other blocks than the snapshot's references");
    }
  }

  /**
   * The contents have ended.
   *
   * @throws IllegalArgumentException if the references name more
   */
  void end() {
    if (lines.isPresent() && lines.get().nextLine().isPresent()) {
      throw new IllegalArgumentException("refers to less than the snapshot's references");
    }
  }

  @Override
  public void close() {
    lines.ifPresent(ListReader::close);
  }
}
