package dev.godwit.mapping.mask;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.Fields;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * One column of a dataset and its mask, which is known to fit. Immutable; each reader makes cells
 * of its own.
 *
 * @param column its place in the dataset, from 0
 * @param kind how it is masked
 * @param field the column
 * @param length how many characters a text may have
 * @param key where the mask needs one
 */
public record ColumnMask(
    int column, MaskKind kind, Field field, int length, Optional<MaskKey> key) {

  /**
   * The mask of a column.
   *
   * @throws GodwitException {@code USAGE} where its type cannot take the mask, or values that must
   *     differ would become equal
   * @throws IllegalArgumentException where there is no such column
   */
  public static ColumnMask of(
      Dataset dataset, String column, MaskKind kind, Optional<MaskKey> key) {
    for (int i = 0; i < dataset.schema().getFields().size(); i++) {
      Field field = dataset.schema().getFields().get(i);
      if (field.getName().equals(column)) {
        TextLength length = TextLength.of(field);
        ColumnMask mask = new ColumnMask(i, kind, field, length.characters(), key);
        mask.check(dataset, length);
        return mask;
      }
    }
    throw new IllegalArgumentException(dataset.name() + " has no column " + column);
  }

  /** What its values are for a mask: text too where the store has a type of its own for some. */
  FieldKind type() {
    boolean ownText = field.getType() instanceof ArrowType.Utf8 && TextLength.of(field).anyCase();
    return ownText ? FieldKind.TEXT : FieldKind.of(field);
  }

  private void check(Dataset dataset, TextLength length) {
    FieldKind type = type();
    boolean unique =
        dataset.key().contains(field.getName())
            || dataset.indexes().stream()
                .anyMatch(i -> i.unique() && i.columns().contains(field.getName()));
    if (kind instanceof MaskKind.Null) {
      if (dataset.required().contains(field.getName()) || dataset.key().contains(field.getName())) {
        throw refused(dataset, "is never null, and the mask would make it so", "mask it otherwise");
      }
      return;
    }
    boolean text = type == FieldKind.TEXT;
    boolean number = type == FieldKind.INTEGER && !length.systemNumber();
    if (text && !length.free()) {
      throw refused(
          dataset,
          "is of type "
              + Fields.nativeType(field).orElse("of no name")
              + ", which may not take every text",
          "mask it with null, or leave it out with --columns");
    }
    boolean fits =
        !kind.keyed()
            || text
            || (kind instanceof MaskKind.Hash && (number || type == FieldKind.UUID));
    if (!fits) {
      throw refused(
          dataset,
          "is of type "
              + Fields.nativeType(field).orElse(type.name())
              + ", which cannot be masked with "
              + kind,
          kind instanceof MaskKind.Hash
              ? "hash is for text, whole numbers and uuids; null is for any type"
              : "keep-domain is for text");
    }
    if (kind instanceof MaskKind.Fixed fixed) {
      if (unique) {
        throw refused(dataset, "is unique, and the mask would make all equal", "mask it with hash");
      }
      FixedValue.check(fixed.text(), this).ifPresent(why -> refuseFixed(dataset, why));
    } else if (unique && text && length.characters() < HiddenText.LENGTH) {
      throw refused(
          dataset,
          "is unique and holds "
              + length.characters()
              + " characters: too few to keep masked values apart",
          "leave it out with --columns, or make it longer (" + HiddenText.LENGTH + " are enough)");
    }
  }

  private void refuseFixed(Dataset dataset, String why) {
    throw refused(
        dataset, why, "give a value that the column takes, as fixed:VALUE; null is for any type");
  }

  private GodwitException refused(Dataset dataset, String why, String hint) {
    return new GodwitException(
        ExitCode.USAGE, "--mask: " + dataset.name() + "." + field.getName() + " " + why, hint);
  }

  /** How many bits a whole number of this column has. */
  int bits() {
    return ((ArrowType.Int) field.getType()).getBitWidth();
  }

  /**
   * Whether two columns that hold equal values still do once both are masked. With their domains
   * kept, those of two long columns do unless a domain is nearly as long as the shorter.
   */
  public boolean alike(ColumnMask other) {
    int needed = kind instanceof MaskKind.KeepDomain ? 2 * HiddenText.LENGTH : HiddenText.LENGTH;
    return kind.equals(other.kind)
        && FieldKind.of(field) == FieldKind.of(other.field)
        && Math.min(length, needed) == Math.min(other.length, needed);
  }
}
