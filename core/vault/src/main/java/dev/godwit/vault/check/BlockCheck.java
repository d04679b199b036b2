package dev.godwit.vault.check;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.moved.MovedBlocks;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks whether a block that a list names is there, wherever it lies by now. Safe for use by many
 * threads.
 */
final class BlockCheck {
  private final VolumeCheck volumes;
  private final VolumeTables tables;
  private final MovedBlocks moved;
  private final Findings findings;
  private final Set<VolumeId> referred = ConcurrentHashMap.newKeySet();

  BlockCheck(VolumeCheck volumes, VolumeTables tables, MovedBlocks moved, Findings findings) {
    this.volumes = volumes;
    this.tables = tables;
    this.moved = moved;
    this.findings = findings;
  }

  /** The volumes that any list refers to. */
  Set<VolumeId> referred() {
    return referred;
  }

  /**
   * Looks at one.
   *
   * @param list the path of the list that names it
   * @param hit what is lost without it
   * @return whether nothing is wrong
   */
  boolean check(BlockRef named, String list, String hit) {
    BlockRef ref = named;
    for (int steps = 0; steps <= MovedBlocks.MOST_STEPS; steps++) {
      referred.add(ref.volume());
      Optional<BlockRef> next = Optional.empty();
      if (!volumes.isWhole(ref.volume())) {
        next = moved.find(ref);
        if (next.isEmpty()) {
          findings.missing(Layout.volume(ref.volume()), hit);
          return false;
        }
      } else if (volumes.isBroken(ref)) {
        findings.hit(Layout.volume(ref.volume()), hit);
        return false;
      } else {
        try {
          return checkPlace(ref, list, hit);
        } catch (GodwitException e) {
          // Rewritten since it was looked at.
          next = Optional.of(moved.find(ref).orElseThrow(() -> e));
        }
      }
      volumes.checkIfNew(next.get().volume());
      ref = next.get();
    }
    findings.damage(Layout.moved(named.volume()), "leads in a circle", hit);
    return false;
  }

  private boolean checkPlace(BlockRef ref, String list, String hit) {
    boolean holds = tables.of(ref.volume()).holds(ref);
    if (!holds) {
      findings.damage(
          list, "names a block that " + Layout.volume(ref.volume()) + " does not hold", hit);
    }
    return holds;
  }
}
