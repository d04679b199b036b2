package dev.godwit.vault.list;

import java.util.Locale;

/** What a list holds. */
public enum ListKind {
  /** The blocks of a partition, in order. */
  BLOCKS(true),
  /** The datasets of a snapshot, each followed by its partitions. */
  CONTENTS(false),
  /** The schema objects of a snapshot. */
  OBJECTS(false),
  /** All lists of blocks and all other blocks that a snapshot refers to, in the contents' order. */
  REFERENCES(true);

  private final boolean writerPlane;

  ListKind(boolean writerPlane) {
    this.writerPlane = writerPlane;
  }

  /** Its word in the list's first line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a writer's key reads it in an encrypted vault. */
  boolean isWriterPlane() {
    return writerPlane;
  }

  /** What its pieces are bound to. */
  String sealedAs() {
    return "list " + word();
  }
}
