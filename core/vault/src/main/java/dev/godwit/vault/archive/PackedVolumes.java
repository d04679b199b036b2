package dev.godwit.vault.archive;

import dev.godwit.spi.aside.Spool;
import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockKind;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.carry.BlockMover;
import dev.godwit.vault.index.BlockIndex;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.volume.PlannedVolume;
import dev.godwit.vault.volume.SealedVolume;
import dev.godwit.vault.volume.VolumeLimits;
import dev.godwit.vault.volume.VolumeSeal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Plans volumes that hold the blocks of one snapshot, each once, in the order in which partitions
 * are read. What is planned is set aside on disk, and found again through an index beside it. Used
 * by one thread.
 */
final class PackedVolumes implements BlockMover, AutoCloseable {
  private static final int RECORD = VolumeId.BYTES + 8 + BlockId.BYTES + 8 + 4 * 5;
  private static final int HEAD = 4 + VolumeId.BYTES + 8 + 4;
  private static final int TOGETHER = 8192;

  /** So many volumes are planned at a time, of one form each; a vault's every run has its own. */
  private static final int OPEN = 16;

  private final VolumeLimits limits;
  private final FrameForms forms;
  private final BlockIndex index;
  private final Spool plan = new Spool();
  private final Map<BlockId, BlockRef> recent = new HashMap<>();
  private final List<SealedVolume> unindexed = new ArrayList<>();
  private final Map<VolumeSeal, Open> open = new LinkedHashMap<>();
  private final List<VolumeSeal> used = new ArrayList<>();
  private final IdentityHashMap<VolumeSeal, Integer> numbers = new IdentityHashMap<>();
  private int unindexedBlocks;
  private long bytes;

  /** A volume that is to be written, and where each of its blocks is read. */
  record Packed(
      VolumeSeal form, VolumeId id, long size, List<BlockRef> sources, List<BlockRef> blocks) {}

  /** A volume that is being planned, and where each of its blocks is read. */
  private record Open(PlannedVolume volume, List<BlockRef> sources) {}

  /**
   * Begins.
   *
   * @param aside where the index of what is planned lies
   */
  PackedVolumes(VaultRun aside, FrameForms forms, VolumeLimits limits, Consumer<String> warnings) {
    this.limits = limits;
    this.forms = forms;
    this.index = BlockIndex.open(aside, warnings);
  }

  @Override
  public Moving move(BlockRef block) {
    BlockRef place = recent.get(block.id());
    if (place == null) {
      place = index.find(block.id()).stream().findFirst().orElse(null);
    }
    if (place == null) {
      place = place(block);
    }
    return Moving.at(place);
  }

  private BlockRef place(BlockRef block) {
    VolumeSeal form = forms.of(block);
    Open fits = open.get(form);
    if (fits != null && !fits.volume.hasRoom(block.length(), limits)) {
      end(form);
      fits = null;
    }
    if (fits == null) {
      if (open.size() == OPEN) {
        end(open.keySet().iterator().next());
      }
      fits = new Open(new PlannedVolume(form), new ArrayList<>());
      open.put(form, fits);
    }
    BlockRef place = fits.volume.place(block);
    fits.sources.add(block);
    recent.put(block.id(), place);
    return place;
  }

  /** Ends the last volumes; nothing is planned after this. */
  void seal() {
    List.copyOf(open.keySet()).forEach(this::end);
  }

  private void end(VolumeSeal form) {
    Open ended = open.remove(form);
    SealedVolume sealed = ended.volume.sealed();
    setAside(form, sealed, ended.sources);
    bytes += sealed.size();
    unindexed.add(sealed);
    unindexedBlocks += sealed.blocks().size();
    if (unindexedBlocks >= TOGETHER) {
      index.add(unindexed);
      index.merge();
      unindexed.forEach(volume -> volume.blocks().forEach(block -> recent.remove(block.id())));
      unindexed.clear();
      unindexedBlocks = 0;
    }
  }

  private int number(VolumeSeal form) {
    return numbers.computeIfAbsent(
        form,
        added -> {
          used.add(added);
          return used.size() - 1;
        });
  }

  private void setAside(VolumeSeal form, SealedVolume volume, List<BlockRef> sources) {
    int count = sources.size();
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + count * RECORD);
    bytes.putInt(number(form));
    volume.id().putTo(bytes);
    bytes.putLong(volume.size()).putInt(count);
    for (int i = 0; i < count; i++) {
      BlockRef source = sources.get(i);
      source.volume().putTo(bytes);
      bytes.putLong(source.offset());
      source.id().putTo(bytes);
      bytes.putLong(volume.blocks().get(i).offset());
      bytes.putInt(source.length()).putInt(source.rawLength()).putInt(source.rows());
      bytes.putInt(source.kind().code()).putInt(source.crc());
    }
    plan.write(bytes.array(), 0, bytes.capacity());
  }

  /** What all volumes come to. */
  long bytes() {
    return bytes;
  }

  /** Tells each volume, in order. */
  void each(Consumer<Packed> each) {
    for (long at = 0; at < plan.length(); ) {
      ByteBuffer start = ByteBuffer.wrap(plan.bytes(at, HEAD));
      VolumeSeal form = used.get(start.getInt());
      VolumeId id = VolumeId.from(start);
      long size = start.getLong();
      int count = start.getInt();
      ByteBuffer records = ByteBuffer.wrap(plan.bytes(at + HEAD, count * RECORD));
      List<BlockRef> from = new ArrayList<>(count);
      List<BlockRef> to = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        read(records, id, from, to);
      }
      each.accept(new Packed(form, id, size, from, to));
      at += HEAD + (long) count * RECORD;
    }
  }

  private static void read(
      ByteBuffer bytes, VolumeId volume, List<BlockRef> from, List<BlockRef> to) {
    VolumeId source = VolumeId.from(bytes);
    long sourceOffset = bytes.getLong();
    BlockId id = BlockId.from(bytes);
    long offset = bytes.getLong();
    int length = bytes.getInt();
    int raw = bytes.getInt();
    int rows = bytes.getInt();
    BlockKind kind = BlockKind.of(bytes.getInt());
    int crc = bytes.getInt();
    from.add(new BlockRef(id, source, sourceOffset, length, raw, rows, kind, crc));
    to.add(new BlockRef(id, volume, offset, length, raw, rows, kind, crc));
  }

  @Override
  public void close() {
    plan.close();
  }
}
