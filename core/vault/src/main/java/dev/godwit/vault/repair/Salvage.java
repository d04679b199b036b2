package dev.godwit.vault.repair;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.moved.MovedBlocks;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out what became of each block: whether it can stay where it is, lies elsewhere too, can be
 * taken out of a bent volume, or is gone. Used by one thread.
 */
final class Salvage {
  /** Fates that are remembered: about 20 MB; beyond that they are found out again. */
  private static final int REMEMBERED = 100_000;

  private final SurveyedVolumes volumes;
  private final SurveyedIndex index;
  private final MovedBlocks moved;
  private final Map<BlockRef, Fate> fates = new HashMap<>();

  /** What became of a block. */
  sealed interface Fate {
    /** It lies in a sound volume. */
    record Stays(BlockRef place) implements Fate {}

    /** Its volume is bent, but its own bytes are not. */
    record CanBeMoved(BlockRef place) implements Fate {}

    /** It lies nowhere. */
    record Gone(String why) implements Fate {}
  }

  Salvage(SurveyedVolumes volumes, SurveyedIndex index, MovedBlocks moved) {
    this.volumes = volumes;
    this.index = index;
    this.moved = moved;
  }

  Fate of(BlockRef block) {
    if (volumes.isSound(block.volume())) {
      return new Fate.Stays(block);
    }
    Fate known = fates.get(block);
    if (known == null) {
      known = find(block);
      if (fates.size() < REMEMBERED) {
        fates.put(block, known);
      }
    }
    return known;
  }

  /** Takes note of a block that was taken out of its volume. */
  void moved(BlockRef block, BlockRef place) {
    fates.put(block, new Fate.Stays(place));
  }

  private Fate find(BlockRef block) {
    BlockRef last = place(block);
    if (volumes.isSound(last.volume())) {
      return new Fate.Stays(block); // a list that names the old place is as good as ever
    }
    Optional<BlockRef> elsewhere =
        index.find(block.id()).stream()
            .filter(place -> volumes.isSound(place.volume()) && volumes.isWhole(place))
            .findFirst();
    if (elsewhere.isPresent()) {
      return new Fate.Stays(elsewhere.get());
    }
    String path = Layout.volume(last.volume());
    if (isMissing(last)) {
      return new Fate.Gone(Layout.volume(block.volume()) + " is missing");
    }
    return volumes.isWhole(last)
        ? new Fate.CanBeMoved(last)
        : new Fate.Gone("the block at " + last.offset() + " in " + path + " is bent");
  }

  private boolean isMissing(BlockRef block) {
    return volumes.size(block.volume()).isEmpty();
  }

  /**
   * Where a block lies by now, as far as tables tell. A volume that was rewritten never comes back,
   * so tables that lead to one twice were forged, and lead nowhere.
   */
  private BlockRef place(BlockRef block) {
    BlockRef place = block;
    Set<VolumeId> met = new HashSet<>();
    while (isMissing(place) && met.add(place.volume())) {
      Optional<BlockRef> next = moved.find(place);
      if (next.isEmpty()) {
        break;
      }
      place = next.get();
      volumes.lookIfNew(place.volume());
    }
    return place;
  }
}
