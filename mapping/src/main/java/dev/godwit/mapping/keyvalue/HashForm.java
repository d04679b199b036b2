package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.bytes.Utf8;
import dev.godwit.spi.record.FieldKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;

/** A hash: pairs of a column's name and its text, ordered by name; null columns are left out. */
final class HashForm extends RowForm {
  HashForm() {
    super("hash", "[", "]", "]");
  }

  @Override
  boolean writesNulls() {
    return false;
  }

  @Override
  List<Integer> order(List<String> names) {
    List<byte[]> bytes = names.stream().map(n -> n.getBytes(StandardCharsets.UTF_8)).toList();
    Comparator<Integer> byBytes =
        (one, other) -> Arrays.compareUnsigned(bytes.get(one), bytes.get(other));
    return IntStream.range(0, names.size()).boxed().sorted(byBytes).toList();
  }

  @Override
  void name(byte[] name, GrowingBytes out) {
    out.int1('[');
    JsonStrings.bytes(name, 0, name.length, out);
    out.int1(',');
  }

  @Override
  CellText cell(FieldVector vector) {
    CellText text = CellTexts.of(vector);
    return switch (FieldKind.of(vector.getField())) {
      case TEXT, JSON, BINARY, BSON, OPAQUE, LIST, STRUCT, MAP ->
          (row, out) -> {
            int start = out.size();
            out.int1('"');
            text.write(row, out);
            end(start, out);
          };
      default -> quoted(text);
    };
  }

  @Override
  Optional<String> misfit(byte[] notation, GrowingBytes out) {
    JsonStrings.bytes(notation, 0, notation.length, out);
    return Optional.empty();
  }

  @Override
  void large(FieldKind kind, boolean binary, Streams parts, Streams.Opening value)
      throws IOException {
    parts.bytes(value);
  }

  /** Ends a string that was written as it is from a quote on; writes it anew where it must be. */
  private static void end(int start, GrowingBytes out) {
    int end = out.size();
    if (Utf8.plainJson(out.array(), start + 1, end) == end) {
      out.int1('"');
    } else {
      byte[] raw = Arrays.copyOfRange(out.array(), start + 1, end);
      out.cutTo(start);
      JsonStrings.bytes(raw, 0, raw.length, out);
    }
  }
}
