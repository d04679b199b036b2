package dev.godwit.vault.carry;

import dev.godwit.vault.block.BlockId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What blocks that were carried are called in the other vault, the last that were met: so a block
 * that two snapshots share is read once. Safe for use by many threads.
 */
public final class CarriedNames {
  /** About 30 MB, and half a terabyte of full blocks. Beyond that blocks are read again. */
  private static final int MOST = 120_000;

  private record Key(FrameRoute route, BlockId id) {}

  private final Map<Key, FrameRoute.Named> names =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, FrameRoute.Named> eldest) {
          return size() > MOST;
        }
      };

  synchronized void put(FrameRoute route, BlockId here, FrameRoute.Named there) {
    names.put(new Key(route, here), there);
  }

  synchronized Optional<FrameRoute.Named> find(FrameRoute route, BlockId here) {
    return Optional.ofNullable(names.get(new Key(route, here)));
  }
}
