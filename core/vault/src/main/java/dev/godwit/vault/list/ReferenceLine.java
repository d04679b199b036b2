package dev.godwit.vault.list;

/**
 * Something that a snapshot refers to: a list of blocks, or a block that no list names.
 *
 * @param list the id of the list; absent on the line of a block
 * @param block absent on the line of a list
 */
public record ReferenceLine(String list, BlockLine block) {
  /** Checks that it is one of the two. */
  public ReferenceLine {
    if ((list == null) == (block == null)) {
      throw new IllegalArgumentException("a reference is a list or a block");
    }
  }
}
