package dev.godwit.vault.prune;

import dev.godwit.vault.index.BlockIndex;
import dev.godwit.vault.volume.CopiedVolume;
import dev.godwit.vault.volume.VolumeTable;
import java.io.IOException;
import java.util.List;

/**
 * Whose volumes may be written anew together: who backs up next must find proven there that he
 * wrote what they hold.
 */
interface Owner {
  /** Whether a volume is his. */
  boolean owns(VolumeTable volume);

  /** What a block costs beyond its frame, in bytes, at most. */
  int overhead();

  /**
   * Begins a volume of his.
   *
   * @param keys of the runs whose frames it will hold, as they are sealed
   */
  CopiedVolume begin(List<byte[]> keys) throws IOException;

  /** Where he looks his blocks up; opened when it is first asked for. */
  BlockIndex index();

  /** Whether there is anything to look up. */
  boolean hasIndex();
}
