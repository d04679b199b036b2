package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.bytes.Digits;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.spi.record.FieldKind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;

/** What the JSON of a row looks like. */
abstract sealed class RowForm permits HashForm, ObjectForm {
  /** What stands for nothing. */
  static final byte[] NULL = Digits.ascii("null");

  private final String word;
  private final byte[] open;
  private final byte[] afterEach;
  private final byte[] close;

  /**
   * A form.
   *
   * @param word the type of value
   * @param open what begins a row
   * @param afterEach what ends a value
   * @param close what ends a row
   */
  RowForm(String word, String open, String afterEach, String close) {
    this.word = word;
    this.open = Digits.ascii(open);
    this.afterEach = Digits.ascii(afterEach);
    this.close = Digits.ascii(close);
  }

  /** The form of a type of value, by its word. */
  static Optional<RowForm> of(String word) {
    return Stream.of(new HashForm(), new ObjectForm())
        .filter(form -> form.word().equals(word))
        .findFirst();
  }

  /** The type of value, by its word. */
  final String word() {
    return word;
  }

  /** Whether a null is written down. */
  abstract boolean writesNulls();

  /** Begins a row. */
  final void open(GrowingBytes out) {
    out.ascii(open);
  }

  /** Ends a value. */
  final void after(GrowingBytes out) {
    out.ascii(afterEach);
  }

  /** Ends a row. */
  final void close(GrowingBytes out) {
    out.ascii(close);
  }

  /** The columns in the order in which they are written. */
  abstract List<Integer> order(List<String> names);

  /** Writes what stands before a value. */
  abstract void name(byte[] name, GrowingBytes out);

  /** How the values of a column are written. */
  abstract CellText cell(FieldVector vector);

  /** Writes a misfit, which is in its engine's notation; tells what is lost of it, if anything. */
  abstract Optional<String> misfit(byte[] notation, GrowingBytes out);

  /** Adds a large value. */
  abstract void large(FieldKind kind, boolean binary, Streams parts, Streams.Opening value)
      throws IOException;

  /** What needs no escapes, in quotes. */
  static CellText quoted(CellText text) {
    return (row, out) -> {
      out.int1('"');
      text.write(row, out);
      out.int1('"');
    };
  }
}
