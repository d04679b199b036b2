package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.bytes.Digits;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarBinaryVector;

/** Writes the keys of rows. Bytes stand in a key as hexadecimal digits. Used by one thread. */
final class RowKey {
  private final KeyColumns columns;
  private final RowNames names;
  private final List<byte[]> literals;
  private final List<CellText> texts = new ArrayList<>();
  private RecordBatch batch;
  private Object bound;

  RowKey(KeyColumns columns, RowNames names) {
    this.columns = columns;
    this.names = names;
    this.literals =
        columns.template().literals().stream()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();
  }

  /** Begins with a batch. */
  void over(RecordBatch next) {
    batch = next;
    if (next.rows() != bound) { // readers fill the same vectors again
      texts.clear();
      columns.places().forEach(place -> texts.add(text(next.rows().getVector(place))));
      bound = next.rows();
    }
  }

  private static CellText text(FieldVector vector) {
    return FieldKind.of(vector.getField()) == FieldKind.BINARY
        ? (row, out) -> {
          byte[] bytes = ((VarBinaryVector) vector).get(row);
          Digits.hex(bytes, 0, bytes.length, out);
        }
        : CellTexts.of(vector);
  }

  /**
   * Writes the key of a row.
   *
   * @throws GodwitException {@code FAILED} if a column of it is null or too large, or could not be
   *     told from the one after it
   */
  void write(int row, GrowingBytes out) {
    out.ascii(literals.get(0));
    for (int i = 0; i < texts.size(); i++) {
      int start = out.size();
      column(i, row, out);
      byte[] next = literals.get(i + 1);
      if (i + 1 < texts.size()) {
        checkApart(i, row, next[0], start, out);
      }
      out.ascii(next);
    }
  }

  private void column(int i, int row, GrowingBytes out) {
    int place = columns.places().get(i);
    if (!batch.rows().getVector(place).isNull(row)) {
      texts.get(i).write(row, out);
      return;
    }
    Misfit misfit = batch.misfitAt(row, place);
    if (misfit != null) {
      out.raw(misfit.bytes(), 0, misfit.bytes().length);
    } else if (batch.largeAt(row, place) != null) {
      throw refused(i, row, "is too large to stand in a key", "name another column in --key");
    } else {
      throw refused(
          i, row, "is null, and stands in its key", "leave such rows out with --where or --query");
    }
  }

  private void checkApart(int i, int row, byte separator, int start, GrowingBytes out) {
    for (int at = start; at < out.size(); at++) {
      if (out.array()[at] == separator) {
        throw refused(
            i,
            row,
            "holds '" + (char) separator + "', which ends it in the key",
            "put another character after {%s} in --key, which no value holds"
                .formatted(columns.template().columns().get(i)));
      }
    }
  }

  private GodwitException refused(int i, int row, String why, String hint) {
    return new GodwitException(
        ExitCode.FAILED,
        "%s of row %s %s".formatted(columns.template().columns().get(i), names.of(row), why),
        hint);
  }
}
