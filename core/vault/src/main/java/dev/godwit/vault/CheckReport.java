package dev.godwit.vault;

import java.util.List;

/**
 * What a check found.
 *
 * @param snapshots that were looked at
 * @param volumes that were looked at
 * @param blocks that were looked at
 * @param volumesRead whose data was read, byte by byte
 * @param bytesRead of stored data that was read and verified
 * @param blocksUnproven of those whose data was read: frames that open as their blocks, though
 *     nobody could prove that their bytes give the blocks' ids, for the key of their domain is not
 *     at hand
 * @param damages everything that is wrong; empty where the vault is whole
 * @param remarks what is not wrong but worth knowing, such as files left by a killed run
 */
public record CheckReport(
    long snapshots,
    long volumes,
    long blocks,
    long volumesRead,
    long bytesRead,
    long blocksUnproven,
    List<Damage> damages,
    List<String> remarks) {

  /** Copies the lists. */
  public CheckReport {
    damages = List.copyOf(damages);
    remarks = List.copyOf(remarks);
  }

  /**
   * One thing that is wrong.
   *
   * @param file the file of the vault, by its relative path
   * @param what one line
   * @param hits the snapshots and datasets that cannot be read for it, such as {@code 3f2a...:
   *     shop.public.orders}; at most a hundred, and then {@code and others}
   */
  public record Damage(String file, String what, List<String> hits) {
    /** Copies the hits. */
    public Damage {
      hits = List.copyOf(hits);
    }
  }
}
