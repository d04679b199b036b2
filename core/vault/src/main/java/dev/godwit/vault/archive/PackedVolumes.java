package dev.godwit.vault.archive;

import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockKind;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.carry.BlockMover;
import dev.godwit.vault.file.Spool;
import dev.godwit.vault.index.BlockIndex;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.volume.PlannedVolume;
import dev.godwit.vault.volume.SealedVolume;
import dev.godwit.vault.volume.VolumeLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
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
  private static final int TOGETHER = 8192;

  private final VolumeLimits limits;
  private final BlockIndex index;
  private final Spool plan = new Spool();
  private final Map<BlockId, BlockRef> recent = new HashMap<>();
  private final List<SealedVolume> unindexed = new ArrayList<>();
  private final List<BlockRef> sources = new ArrayList<>();
  private PlannedVolume current = new PlannedVolume();
  private long bytes;

  /** A volume that is to be written, and where each of its blocks is read. */
  record Packed(VolumeId id, long size, List<BlockRef> sources, List<BlockRef> blocks) {}

  /**
   * Begins.
   *
   * @param aside where the index of what is planned lies
   */
  PackedVolumes(VaultRun aside, VolumeLimits limits, Consumer<String> warnings) {
    this.limits = limits;
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
    if (!current.hasRoom(block.length(), limits)) {
      seal();
    }
    BlockRef place = current.place(block);
    sources.add(block);
    recent.put(block.id(), place);
    return place;
  }

  /** Ends the last volume; nothing is planned after this. */
  void seal() {
    if (sources.isEmpty()) {
      return;
    }
    SealedVolume sealed = current.sealed();
    setAside(sealed);
    bytes += sealed.size();
    unindexed.add(sealed);
    sources.clear();
    current = new PlannedVolume();
    if (recent.size() >= TOGETHER) {
      index.add(unindexed);
      index.merge();
      unindexed.clear();
      recent.clear();
    }
  }

  private void setAside(SealedVolume volume) {
    int count = sources.size();
    ByteBuffer bytes = ByteBuffer.allocate(VolumeId.BYTES + 8 + 4 + count * RECORD);
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
      int head = VolumeId.BYTES + 8 + 4;
      ByteBuffer start = ByteBuffer.wrap(plan.bytes(at, head));
      VolumeId id = VolumeId.from(start);
      long size = start.getLong();
      int count = start.getInt();
      ByteBuffer records = ByteBuffer.wrap(plan.bytes(at + head, count * RECORD));
      List<BlockRef> from = new ArrayList<>(count);
      List<BlockRef> to = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        read(records, id, from, to);
      }
      each.accept(new Packed(id, size, from, to));
      at += head + (long) count * RECORD;
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
