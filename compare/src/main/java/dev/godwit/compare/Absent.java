package dev.godwit.compare;

/** Stands where a document has no such field: that is another thing than a null. */
public enum Absent {
  /** There is none. */
  FIELD
}
