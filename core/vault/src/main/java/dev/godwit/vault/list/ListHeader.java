package dev.godwit.vault.list;

/**
 * The first line of a list.
 *
 * @param list what kind of list it is
 * @param format the version of its lines
 * @param salt a random word, so that a list gets another name than one of the same lines that is
 *     about to be removed; nearly always absent
 */
record ListHeader(String list, int format, String salt) {}
