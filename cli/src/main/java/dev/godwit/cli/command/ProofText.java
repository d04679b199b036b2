package dev.godwit.cli.command;

import dev.godwit.cli.screen.Amounts;
import dev.godwit.compare.CompareReport;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the proof of {@code --verify} came to, told. */
final class ProofText {
  private ProofText() {}

  /**
   * One line for people.
   *
   * @param against what it was held against, such as {@code its source}
   */
  static String line(CompareReport proof, String against) {
    return proof.same()
        ? "verified: the same as "
            + against
            + " in "
            + Amounts.count(proof.datasets(), "dataset")
            + ", "
            + Amounts.count(proof.rowsA(), "row")
        : "verification FAILED: other than "
            + against
            + " in "
            + Amounts.count(proof.different())
            + " of "
            + Amounts.count(proof.datasets(), "dataset")
            + " ('godwit compare' names the rows)";
  }

  /** For scripts. */
  static Map<String, Object> fields(CompareReport proof) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("same", proof.same());
    fields.put("datasets", proof.datasets());
    fields.put("different", proof.different());
    fields.put("rows_a", proof.rowsA());
    fields.put("rows_b", proof.rowsB());
    fields.put("remarks", proof.remarks());
    return fields;
  }
}
