package dev.godwit.mapping.row;

import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.Misfit;
import java.util.Optional;

/** What becomes of misfits, by their kind. */
final class OddText {
  private OddText() {}

  /** The text by which a column of a kind holds such a value; empty where it does not. */
  static Optional<String> of(Misfit.Kind misfit, FieldKind column) {
    boolean number = column == FieldKind.TEXT_DECIMAL;
    boolean time =
        column == FieldKind.DATE
            || column == FieldKind.INSTANT
            || column == FieldKind.LOCAL_TIMESTAMP;
    return switch (misfit) {
      case NAN -> number || column == FieldKind.DECIMAL ? Optional.of("NaN") : Optional.empty();
      case POS_INF ->
          number ? Optional.of("Infinity") : time ? Optional.of("infinity") : Optional.empty();
      case NEG_INF ->
          number ? Optional.of("-Infinity") : time ? Optional.of("-infinity") : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Why such a value is lost. */
  static String why(Misfit.Kind misfit) {
    return switch (misfit) {
      case NAN -> "the column holds no NaN";
      case POS_INF, NEG_INF -> "the column holds no infinity";
      case OUT_OF_RANGE -> "the value is beyond what its kind commonly holds";
      case ZERO_DATE -> "the target has no date of zeros";
      case BAD_TEXT -> "the text is not valid in its character set";
      case SHAPE -> "the array is no plain list";
      case TYPE -> "the value is not of its column's type";
    };
  }
}
