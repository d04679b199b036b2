package dev.godwit.vault;

/**
 * What became of a snapshot's blocks: stored by its run, or taken over, because an earlier run had
 * stored them, whether that run was sealed or killed. A block that the run itself had stored before
 * counts as neither.
 *
 * @param newBlocks that the run stored
 * @param newBytes that the vault's volumes grew by
 * @param reusedBlocks that an earlier run had stored, each time one is referred to
 * @param reusedBytes of these as they are stored
 */
public record StoredBlocks(long newBlocks, long newBytes, long reusedBlocks, long reusedBytes) {
  /** Both together. */
  public StoredBlocks plus(StoredBlocks other) {
    return new StoredBlocks(
        newBlocks + other.newBlocks,
        newBytes + other.newBytes,
        reusedBlocks + other.reusedBlocks,
        reusedBytes + other.reusedBytes);
  }
}
