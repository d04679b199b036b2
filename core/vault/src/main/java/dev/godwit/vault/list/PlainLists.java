package dev.godwit.vault.list;

import dev.godwit.vault.block.BlockRef;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Lists of a vault that is not encrypted: the file is the compressed lines. */
final class PlainLists implements ListSeal, ListSource {
  @Override
  public OutputStream sealing(ListKind kind, OutputStream stored) {
    return new FilterOutputStream(stored) {
      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        out.write(bytes, from, count);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public BlockLine line(BlockRef ref, boolean lastPiece) {
    return BlockLine.of(ref, lastPiece);
  }

  @Override
  public InputStream opened(ListKind kind, InputStream stored) {
    return stored;
  }
}
