package dev.godwit.vault.volume;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import java.util.List;

/**
 * A volume that lies in the vault, whole and synced.
 *
 * @param id of the volume
 * @param size of its file in bytes
 * @param blocks that it holds, in order
 */
public record SealedVolume(VolumeId id, long size, List<BlockRef> blocks) {}
