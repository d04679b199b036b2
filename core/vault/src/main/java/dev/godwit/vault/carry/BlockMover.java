package dev.godwit.vault.carry;

import dev.godwit.vault.block.BlockRef;

/** Gives the blocks of a snapshot their new places. Used by one thread. */
public interface BlockMover {
  /** Begins to move a block. Its new place is asked for later, in the order of these calls. */
  Moving move(BlockRef block);

  /** A block on its way. Closed whether or not its place was asked for. */
  interface Moving extends AutoCloseable {
    /** One that needs not be moved. */
    static Moving at(BlockRef place) {
      return new Moving() {
        @Override
        public BlockRef place() {
          return place;
        }

        @Override
        public long bytes() {
          return 0;
        }

        @Override
        public void close() {}
      };
    }

    /** Where it lies then; waits until it was read. */
    BlockRef place();

    /** The memory that it takes until then. */
    long bytes();

    @Override
    void close();
  }
}
