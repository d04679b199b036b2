package dev.godwit.mapping;

/** What becomes of a value that the target cannot hold. */
public enum OnLossy {
  /** Nothing is moved: the run ends, with {@code LOSSY}. */
  FAIL,
  /** The nearest value that the target holds, or null where there is none; counted. */
  WARN,
  /** Its text, in a field that holds text where the target's fields have one type; counted. */
  TEXT
}
