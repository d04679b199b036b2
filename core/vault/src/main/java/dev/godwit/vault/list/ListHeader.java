package dev.godwit.vault.list;

/**
 * The first line of a list.
 *
 * @param list what kind of list it is
 * @param format the version of its lines
 */
record ListHeader(String list, int format) {
  /** The version that this code writes, and the newest that it reads. */
  static final int FORMAT = 0;
}
