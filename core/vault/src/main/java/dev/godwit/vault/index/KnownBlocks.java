package dev.godwit.vault.index;

import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.mark.Marked;
import dev.godwit.vault.storage.SeveralAtOnce;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.SealedVolume;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The blocks that a run need not store: those of the index whose volume is still there, and those
 * that the run has stored itself. The run's own are on the heap until their volumes are sealed and
 * enough of them are together for a segment. Safe for use by many threads.
 *
 * <p>A volume is there while its file has the size that it was written with.
 */
public final class KnownBlocks {
  private static final int TOGETHER = 8192;
  private static final long LOOK_AGAIN = Duration.ofSeconds(5).toNanos();

  private final Storage storage;
  private final BlockIndex index;
  private final Map<BlockId, BlockRef> own = new ConcurrentHashMap<>();
  private final List<SealedVolume> sealed = new ArrayList<>();
  private final Map<VolumeId, Long> sizes = new ConcurrentHashMap<>();
  private final Map<VolumeId, Long> seen = new ConcurrentHashMap<>();
  private final Set<VolumeId> reliedOn = ConcurrentHashMap.newKeySet();
  private final Set<VolumeId> mine = ConcurrentHashMap.newKeySet();
  private volatile Marked marked = Marked.NOTHING;
  private int sealedBlocks;

  /** Knows what the index knows. */
  public KnownBlocks(Storage storage, BlockIndex index) {
    this.storage = storage;
    this.index = index;
    for (IndexSegment segment : index.segments()) {
      segment.volumes().forEach(volume -> sizes.put(volume.id(), volume.size()));
    }
  }

  /** Counts what is about to be pruned as gone, but for volumes that the run has written itself. */
  public void heed(Marked marks) {
    marked = marks;
  }

  /**
   * Counts what is about to be pruned as gone, volumes of the run itself too: whoever marked them
   * took the run for dead.
   */
  public void heedAll(Marked marks) {
    marked = marks;
    mine.clear();
  }

  /** Where the block lies; nothing where it must be stored. */
  public Optional<BlockRef> find(BlockId id) {
    BlockRef stored = own.get(id);
    if (stored != null) {
      boolean unsealed = !sizes.containsKey(stored.volume());
      if (unsealed || isThere(stored.volume())) {
        return Optional.of(stored);
      }
      own.remove(id, stored);
    }
    return index.find(id).stream().filter(ref -> isThere(ref.volume())).findFirst();
  }

  /** Whether this run has stored the block that {@link #find} gave, and no earlier one. */
  public boolean isOwn(BlockRef ref) {
    return mine.contains(ref.volume()) || own.containsKey(ref.id());
  }

  private boolean isThere(VolumeId volume) {
    Long last = seen.get(volume);
    boolean lately = last != null && System.nanoTime() - last < LOOK_AGAIN;
    if (!lately) {
      if (!exists(volume)) {
        return false;
      }
      seen.put(volume, System.nanoTime());
    }
    reliedOn.add(volume);
    return true;
  }

  private boolean exists(VolumeId volume) {
    String path = Layout.volume(volume);
    try {
      Long size = sizes.get(volume);
      if (marked.goes(volume) && !mine.contains(volume)) {
        return false;
      }
      return size != null && storage.stat(path).size() == size;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw StorageFailure.reading(storage, path, e);
    }
  }

  /** Takes note of a block that the run stores. */
  public void stored(BlockRef ref) {
    own.put(ref.id(), ref);
  }

  /** Takes note of a volume that lies in the vault; puts blocks into the index once many are. */
  public void sealed(SealedVolume volume) {
    mine.add(volume.id());
    sizes.put(volume.id(), volume.size());
    seen.put(volume.id(), System.nanoTime());
    reliedOn.add(volume.id());
    synchronized (sealed) {
      sealed.add(volume);
      sealedBlocks += volume.blocks().size();
      if (sealedBlocks >= TOGETHER) {
        flush();
      }
    }
  }

  /** Puts all sealed volumes into the index. */
  public void flush() {
    synchronized (sealed) {
      if (sealed.isEmpty()) {
        return;
      }
      index.add(sealed);
      sealed.forEach(volume -> volume.blocks().forEach(ref -> own.remove(ref.id(), ref)));
      sealed.clear();
      sealedBlocks = 0;
    }
  }

  /**
   * Looks once more for every volume in which a block of this snapshot was found or stored. One
   * that is not there any more is told once, and relied on no more until it is found again.
   */
  public Set<VolumeId> vanished() {
    List<VolumeId> relied = List.copyOf(reliedOn);
    List<Boolean> there = SeveralAtOnce.of(storage, relied, this::exists);
    Set<VolumeId> missing = new HashSet<>();
    for (int i = 0; i < relied.size(); i++) {
      if (!there.get(i)) {
        missing.add(relied.get(i));
      }
    }
    reliedOn.removeAll(missing);
    seen.keySet().removeAll(missing);
    return missing;
  }

  /**
   * A snapshot was sealed: what it relies on is not looked for again, unless another does too.
   * Without this each of a thousand snapshots would have the volumes of all before it looked for.
   */
  public void beginAnother() {
    reliedOn.clear();
  }
}
