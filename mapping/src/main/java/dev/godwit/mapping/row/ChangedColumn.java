package dev.godwit.mapping.row;

import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.OnLossy;
import dev.godwit.spi.load.Placement.Fidelity;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.Field;

/** What becomes of the values of one column, batch by batch. Used by one thread. */
final class ChangedColumn {
  private final int place;
  private final Field target;
  private final FieldKind kind;
  private final Optional<CellChange> change;
  private final boolean looksForZeros;
  private final CellLosses losses;

  /**
   * The way of a column.
   *
   * @throws IllegalArgumentException where its values cannot become what the target wants
   */
  ChangedColumn(int place, FieldMapping field, CellLosses losses) {
    this.place = place;
    this.target = field.target().field();
    this.kind = FieldKind.of(target);
    this.change = CellChanges.of(field.source(), target);
    this.looksForZeros =
        field.target().fidelity() == Fidelity.LOSSY
            && (kind == FieldKind.TEXT || kind == FieldKind.JSON);
    this.losses = losses;
  }

  /** The field as the target gets it. */
  Field target() {
    return target;
  }

  /**
   * The column of a batch: the batch's own, or one that the caller closes.
   *
   * @param misfits those that the target is to put into the column are added
   */
  FieldVector of(RecordBatch batch, List<Misfit> misfits, BufferAllocator allocator) {
    FieldVector own = batch.rows().getVector(place);
    boolean odd = batch.misfits().stream().anyMatch(m -> m.column() == place);
    boolean large = batch.large().stream().anyMatch(l -> l.column() == place);
    boolean zeros =
        looksForZeros
            && own instanceof BaseVariableWidthVector text
            && hasZeros(text, batch.rowCount());
    if (change.isEmpty() && !zeros && !odd) {
      return own;
    }
    FieldVector made = target.createVector(allocator);
    try {
      made.setInitialCapacity(batch.rowCount());
      made.allocateNew();
      for (int row = 0; row < batch.rowCount(); row++) {
        if (!own.isNull(row)) {
          write(own, row, made);
        } else if (odd || large) {
          writeOdd(batch, row, made, misfits);
        }
      }
      made.setValueCount(batch.rowCount());
      return made;
    } catch (RuntimeException | Error e) {
      made.close();
      throw e;
    }
  }

  /** Whether a large value can stay what it is. */
  boolean keepsLarge() {
    return change.isEmpty();
  }

  private boolean hasZeros(BaseVariableWidthVector text, int rows) {
    if (kind == FieldKind.TEXT) {
      return ZeroCharacters.areIn(text, rows);
    }
    for (int row = 0; row < rows; row++) {
      if (!text.isNull(row) && ZeroCharacters.isEscapedIn(text, row)) {
        return true;
      }
    }
    return false;
  }

  private void write(FieldVector own, int row, FieldVector made) {
    if (change.isPresent()) {
      String why = change.get().write(own, row, made);
      if (why != null) {
        var ignored = losses.lost(place, row, why);
      }
    } else if (looksForZeros) {
      text(new String(((VarCharVector) own).get(row), StandardCharsets.UTF_8), row, made);
    } else {
      made.copyFromSafe(row, row, own);
    }
  }

  private void text(String text, int row, FieldVector made) {
    String held = text;
    if (kind == FieldKind.JSON) {
      held = ZeroCharacters.leftOutOfJson(text);
      if (held.length() < text.length()) {
        var ignored = losses.lost(place, row, ZeroCharacters.WHY);
      }
    } else if (text.indexOf('\0') >= 0) {
      OnLossy policy = losses.lost(place, row, ZeroCharacters.WHY);
      held = text.replace("\0", policy == OnLossy.TEXT ? "\\u0000" : "");
    }
    ((VarCharVector) made).setSafe(row, held.getBytes(StandardCharsets.UTF_8));
  }

  private void writeOdd(RecordBatch batch, int row, FieldVector made, List<Misfit> misfits) {
    Misfit misfit = batch.misfitAt(row, place);
    LargeReference large = batch.largeAt(row, place);
    if (large != null && !keepsLarge()) {
      var ignored =
          losses.lost(place, row, "it has " + large.length() + " bytes, and is of another type");
    } else if (misfit != null) {
      Optional<String> special = OddText.of(misfit.kind(), kind);
      if (special.isPresent()) {
        byte[] bytes = special.get().getBytes(StandardCharsets.US_ASCII);
        misfits.add(new Misfit(row, place, misfit.kind(), bytes));
      } else if (kind == FieldKind.TEXT) {
        String text = new String(misfit.bytes(), StandardCharsets.UTF_8);
        if (misfit.kind() == Misfit.Kind.BAD_TEXT) {
          var ignored = losses.lost(place, row, OddText.why(misfit.kind()));
        }
        text(text, row, made);
      } else {
        var ignored = losses.lost(place, row, OddText.why(misfit.kind()));
      }
    }
  }
}
