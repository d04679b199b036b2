package dev.godwit.vault.index;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.plane.SealedRun;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.volume.VolumeTable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

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

  /** Whether a proof that a segment has is the one that it should have. */
  default boolean accepts(byte[] expected, byte[] found) {
    return MessageDigest.isEqual(expected, found);
  }

  /** Whether whoever can write into the storage could change a segment after it was proven. */
  boolean isCopied();

  /** Whether the volume's blocks are the run's to use again. */
  boolean mayReuse(VolumeTable volume);

  /** A block as its record tells it. */
  BlockRef kept(BlockRef ref);

  /** A proof over the bytes of one segment. Used by one thread. */
  interface Proof {
    /** Takes the next bytes, those that remain. */
    void update(ByteBuffer bytes);

    /**
     * Ends the proof.
     *
     * @return the proof, which is the last bytes of a segment before its tail
     */
    byte[] end();
  }

  /** That of a run. */
  static SegmentSeal of(VaultRun run) {
    return run instanceof SealedRun sealed
        ? new DomainSegments(sealed.domain())
        : new PlainSegments();
  }
}
