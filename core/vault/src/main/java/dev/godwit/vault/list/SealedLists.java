package dev.godwit.vault.list;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.key.Plane;
import dev.godwit.vault.plane.PieceOutput;
import dev.godwit.vault.plane.PieceSeal;
import dev.godwit.vault.plane.SealedRun;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Lists of an encrypted vault. Those that name blocks are sealed in the writer plane, always to the
 * same bytes, so that equal lists stay one file; the others with the run's key.
 */
final class SealedLists implements ListSeal {
  private final SealedRun run;

  SealedLists(SealedRun run) {
    this.run = run;
  }

  @Override
  public OutputStream sealing(ListKind kind, OutputStream stored) throws IOException {
    if (kind.isWriterPlane()) {
      SealedListHead.writeWriterPlane(stored);
      return new PieceOutput(stored, PieceSeal.of(run.writer(), Plane.LIST), kind.sealedAs());
    }
    SealedListHead.writeReaderPlane(stored, run.sealedKey());
    return new PieceOutput(stored, PieceSeal.of(run.data()), kind.sealedAs());
  }

  @Override
  public BlockLine line(BlockRef ref, boolean lastPiece) {
    return BlockLine.of(ref.untold(), lastPiece);
  }
}
