package dev.godwit.mapping.document;

import java.util.Set;

/** Objects of a document that look like what Extended JSON writes of a value. */
final class LookAlikes {
  private static final int MOST_MEMBERS = 2;
  private static final Set<String> NAMES =
      Set.of(
          "$binary",
          "$code",
          "$date",
          "$dbPointer",
          "$maxKey",
          "$minKey",
          "$numberDecimal",
          "$numberDouble",
          "$oid",
          "$regularExpression",
          "$symbol",
          "$timestamp",
          "$undefined");

  private LookAlikes() {}

  /**
   * Whether an object is one.
   *
   * @param first its first member in order
   * @param count of its members
   */
  static boolean isOne(Elements elements, int first, int count) {
    return count <= MOST_MEMBERS
        && elements.nameLength(first) > 0
        && elements.bytes()[elements.name(first)] == '$'
        && NAMES.contains(elements.nameText(first));
  }
}
