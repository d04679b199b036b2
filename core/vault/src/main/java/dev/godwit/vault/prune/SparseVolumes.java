package dev.godwit.vault.prune;

import dev.godwit.spi.aside.Spool;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.prune.VolumeFiles.VolumeFile;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Volumes of which little is needed, and the offsets of what is; these lie on disk. One thread. */
final class SparseVolumes implements AutoCloseable {
  private final Spool offsets = new Spool();
  private final List<Sparse> found = new ArrayList<>();

  /**
   * A volume of which little is needed.
   *
   * @param size of its file
   * @param liveBytes that are needed
   * @param blocks that are needed
   * @param firstOffset where its offsets begin in the spool
   */
  record Sparse(VolumeId id, long size, long liveBytes, int blocks, long firstOffset) {}

  /**
   * Finds them.
   *
   * @param below the share of a file that is needed, below which it is rewritten
   * @param before volumes that were written later are left alone
   * @param around what each block costs beyond its frame in a new volume, in bytes; as much as two
   *     cost is there anyway. Else a small volume would be written anew again and again.
   */
  static SparseVolumes find(
      VolumeFiles volumes, LiveBlocks live, double below, Instant before, int around) {
    SparseVolumes sparse = new SparseVolumes();
    boolean[] wanted = new boolean[volumes.count()];
    for (int i = 0; i < wanted.length; i++) {
      VolumeFile file = volumes.file(i);
      wanted[i] =
          live.blocks(i) > 0
              && live.bytes(i) + around * (live.blocks(i) + 2L) < below * file.size()
              && file.modified().isBefore(before);
    }
    ByteBuffer eight = ByteBuffer.allocate(Long.BYTES);
    int[] last = {-1};
    live.places()
        .each(
            place -> {
              int number = place.volume();
              if (!wanted[number]) {
                return;
              }
              if (number != last[0]) {
                last[0] = number;
                VolumeFile file = volumes.file(number);
                sparse.found.add(
                    new Sparse(
                        file.id(),
                        file.size(),
                        live.bytes(number),
                        live.blocks(number),
                        sparse.offsets.length()));
              }
              eight.putLong(0, place.offset());
              sparse.offsets.write(eight.array(), 0, Long.BYTES);
            });
    return sparse;
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  int count() {
    return found.size();
  }

  /** Those of which the least is needed first: they give back the most for what is copied. */
  List<Sparse> fewestBytesFirst() {
    return found.stream().sorted(Comparator.comparingLong(Sparse::liveBytes)).toList();
  }

  /** The offsets of what is needed of one, in order. */
  long[] offsets(Sparse volume) {
    long[] all = new long[volume.blocks()];
    ByteBuffer.wrap(offsets.bytes(volume.firstOffset(), all.length * Long.BYTES))
        .asLongBuffer()
        .get(all);
    return all;
  }

  @Override
  public void close() {
    offsets.close();
  }
}
