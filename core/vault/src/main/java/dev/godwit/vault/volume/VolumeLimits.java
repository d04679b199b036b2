package dev.godwit.vault.volume;

/**
 * How large volumes become.
 *
 * @param bytes a volume that would grow beyond is ended, unless its one block is larger
 * @param blocks most blocks of a volume, which bounds its table in memory
 */
public record VolumeLimits(long bytes, int blocks) {
  /** 64 MiB and 8192 blocks. */
  public static final VolumeLimits DEFAULT = new VolumeLimits(64L << 20, 8192);

  /** Checks the bounds. */
  public VolumeLimits {
    if (bytes < 1 || blocks < 1 || blocks > VolumeFormat.MOST_BLOCKS) {
      throw new IllegalArgumentException(
          "no volume holds " + bytes + " bytes, " + blocks + " blocks");
    }
  }
}
