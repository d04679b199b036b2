package dev.godwit.vault.index;

import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.volume.VolumeTable;
import java.nio.ByteBuffer;

/**
 * Where a run's segments of the index lie, and what proves that they are its own. Safe for use by
 * many threads.
 */
interface SegmentSeal {
  /** Their folder. */
  String folder();

  /** How many bytes of proof a segment has. */
  int proofLength();

  /** Begins a proof over a segment's bytes. */
  Proof begin();

  /** Whether whoever can write into the storage could change a segment after it was proven. */
  boolean isCopied();

  /** Whether the volume's blocks are the run's to use again. */
  boolean mayReuse(VolumeTable volume);

  /** A proof over the bytes of one segment. Used by one thread. */
  interface Proof {
    /** Takes the next bytes, those that remain. */
    void update(ByteBuffer bytes);

    /** The proof. */
    byte[] end();
  }

  /** That of a run. */
  static SegmentSeal of(VaultRun run) {
    return new PlainSegments();
  }
}
