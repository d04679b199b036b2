package dev.godwit.vault.list;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.plane.SealedRun;
import dev.godwit.vault.plane.VaultRun;
import java.io.IOException;
import java.io.OutputStream;

/** How a run seals its lists, and what it tells in them. Safe for use by many threads. */
public interface ListSeal {
  /**
   * Seals what is written.
   *
   * @param stored gets the file's bytes; is not closed
   * @return takes the compressed lines; the file is whole when it was closed
   */
  OutputStream sealing(ListKind kind, OutputStream stored) throws IOException;

  /** The line of a block. */
  BlockLine line(BlockRef ref, boolean lastPiece);

  /** That of a run. */
  static ListSeal of(VaultRun run) {
    return run instanceof SealedRun sealed ? new SealedLists(sealed) : new PlainLists();
  }
}
