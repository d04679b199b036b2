package dev.godwit.vault.list;

import java.util.Locale;

/** What a list holds. */
public enum ListKind {
  /** The blocks of a partition, in order. */
  BLOCKS,
  /** The datasets of a snapshot, each followed by its partitions. */
  CONTENTS,
  /** The schema objects of a snapshot. */
  OBJECTS;

  /** Its word in the list's first line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
