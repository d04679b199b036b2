package dev.godwit.vault.index;

import dev.godwit.vault.block.VolumeId;

/**
 * A volume whose blocks a segment holds.
 *
 * @param id of the volume
 * @param size of its file in bytes
 */
public record CoveredVolume(VolumeId id, long size) {}
