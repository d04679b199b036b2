package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;
import dev.godwit.extractor.postgresql.type.PgColumn;
import dev.godwit.spi.record.Fields;
import org.apache.arrow.vector.types.pojo.Field;

/** Columns with fewer digits than the source's, to which the server would round. */
final class Rounding {
  private static final int MOST_DIGITS = 6;

  private Rounding() {}

  /**
   * Does nothing where no value is rounded.
   *
   * @throws Malformed if values may be
   */
  static void refuse(Field field, Form whole, PgColumn column) {
    // The modifier of an array is that of its elements.
    Form form = whole instanceof Form.Items items ? items.element() : whole;
    boolean time =
        form == Form.Scalar.TIME
            || form == Form.Scalar.TIMESTAMP
            || form == Form.Scalar.TIMESTAMPTZ
            || form == Form.Scalar.INTERVAL;
    boolean same = Fields.nativeType(field).orElse("").equals(column.nativeType());
    boolean rounded =
        (time && column.modifier() >= 0 && column.modifier() != MOST_DIGITS)
            || (form == Form.Scalar.NUMERIC_TEXT && column.modifier() >= 4);
    if (rounded && !same) {
      throw new Malformed(
          "values of type "
              + Fields.nativeType(field).orElse(field.getType().toString())
              + " would be rounded");
    }
  }
}
