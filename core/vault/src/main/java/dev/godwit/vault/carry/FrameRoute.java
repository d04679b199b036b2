package dev.godwit.vault.carry;

import dev.godwit.vault.block.BlockId;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.Frame;
import dev.godwit.vault.plane.PlainRun;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.VaultRun;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * How a frame of one vault becomes a frame of the other. Between plain vaults it stays what it is.
 * Where one of both is encrypted, a block has another id there: the frame is opened with the keys
 * of the one, and named and sealed with those of the other. Safe for use by many threads; closed
 * when none uses it any more.
 */
public sealed interface FrameRoute extends AutoCloseable permits SameFrames, ResealedFrames {
  /**
   * A block as it is known there.
   *
   * @param rawLength of its uncompressed bytes
   */
  record Named(BlockId id, int rawLength) {}

  /** The name that a block has in the other vault, where that is known without its bytes. */
  Optional<Named> nameThere(BlockRef block);

  /**
   * Makes the frame for the other vault.
   *
   * @param stored the frame as it was read, already proven by its checksum; taken over, and closed
   *     also where this fails
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} where it is not the block that it
   *     should be
   */
  Frame carry(BlockRef block, ArrowBuf stored);

  @Override
  void close();

  /**
   * The way from a vault into what a run writes.
   *
   * @param names what is remembered of all ways of one copy
   * @throws dev.godwit.spi.error.GodwitException {@code WRONG_KEY} where the keys at hand do not
   *     read the vault
   */
  static FrameRoute between(
      VaultFiles from, VaultRun to, CarriedNames names, BufferAllocator allocator) {
    return from.writing().isEmpty() && to instanceof PlainRun
        ? new SameFrames()
        : new ResealedFrames(from, to, names, allocator);
  }
}
