package dev.godwit.vault.volume;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A volume whose blocks are known before their bytes are read: every place in it, and its size, can
 * be told beforehand. Used by one thread.
 */
public final class PlannedVolume {
  private final VolumeSeal form;
  private final VolumeId id = VolumeId.random();
  private final List<BlockRef> blocks = new ArrayList<>();
  private long length;

  /** One without blocks. */
  public PlannedVolume(VolumeSeal form) {
    this.form = form;
    this.length = form.headerLength();
  }

  /** Whether a frame of so many bytes may come in too; the first always may. */
  public boolean hasRoom(int frame, VolumeLimits limits) {
    long whole = length + frame + form.footerLength(blocks.size() + 1);
    return blocks.isEmpty() || (whole <= limits.bytes() && blocks.size() < limits.blocks());
  }

  /** Gives a block the next place. */
  public BlockRef place(BlockRef block) {
    BlockRef placed = block.at(id, length);
    blocks.add(placed);
    length += block.length();
    return placed;
  }

  /** The volume as it will be, its size with header and footer. */
  public SealedVolume sealed() {
    return new SealedVolume(id, length + form.footerLength(blocks.size()), List.copyOf(blocks));
  }

  /** What comes before the frames. */
  public static ByteBuffer header(VolumeSeal form, VolumeId id) {
    return form.header(id);
  }

  /** What comes after them. */
  public static ByteBuffer footer(VolumeSeal form, VolumeId id, List<BlockRef> blocks) {
    BlockRef last = blocks.get(blocks.size() - 1);
    return form.footer(id, blocks, last.offset() + last.length());
  }
}
