package dev.godwit.vault.index;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.block.VolumeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * Merges small segments, so that a look-up asks few of them. Segments of about one size make a
 * tier; once a tier has four, they become one of the next.
 */
final class SegmentMerge {
  private static final int TIER = 4;

  private SegmentMerge() {}

  /** The segments that ought to be merged now; empty where none. */
  static List<IndexSegment> due(List<IndexSegment> segments) {
    Map<Integer, List<IndexSegment>> tiers = new TreeMap<>();
    for (IndexSegment segment : segments) {
      int tier = 0;
      for (long size = segment.records() / 1024; size > 0; size /= TIER) {
        tier++;
      }
      tiers.computeIfAbsent(tier, t -> new ArrayList<>()).add(segment);
    }
    return tiers.values().stream().filter(t -> t.size() >= TIER).findFirst().orElse(List.of());
  }

  private record Head(BlockRef ref, IndexSegment.Cursor rest) {}

  /** Writes one segment that holds what these hold; returns its path. They are not removed. */
  static String merge(SegmentSeal seal, Storage storage, List<IndexSegment> segments)
      throws IOException, DamagedBlockException {
    Set<CoveredVolume> volumes = new LinkedHashSet<>();
    long most = 0;
    PriorityQueue<Head> heads =
        new PriorityQueue<>(
            Comparator.comparing((Head head) -> head.ref().id())
                .thenComparing(head -> head.ref().volume().high())
                .thenComparing(head -> head.ref().volume().low())
                .thenComparing(head -> head.ref().offset()));
    for (IndexSegment segment : segments) {
      volumes.addAll(segment.volumes());
      most += segment.records();
      advance(heads, segment.cursor());
    }
    try (SegmentWriter writer = new SegmentWriter(seal, storage, List.copyOf(volumes), most)) {
      for (Head head; (head = heads.poll()) != null; ) {
        writer.add(head.ref());
        advance(heads, head.rest());
      }
      return writer.commit();
    }
  }

  /** Writes one segment that holds what another holds, but for some volumes; returns its path. */
  static String without(SegmentSeal seal, Storage storage, IndexSegment segment, Set<VolumeId> gone)
      throws IOException, DamagedBlockException {
    List<CoveredVolume> left =
        segment.volumes().stream().filter(volume -> !gone.contains(volume.id())).toList();
    try (SegmentWriter writer = new SegmentWriter(seal, storage, left, segment.records())) {
      for (IndexSegment.Cursor rest = segment.cursor(); rest.hasNext(); ) {
        BlockRef ref = rest.next();
        if (!gone.contains(ref.volume())) {
          writer.add(ref);
        }
      }
      return writer.commit();
    }
  }

  private static void advance(PriorityQueue<Head> heads, IndexSegment.Cursor cursor)
      throws IOException, DamagedBlockException {
    if (cursor.hasNext()) {
      heads.add(new Head(cursor.next(), cursor));
    }
  }
}
