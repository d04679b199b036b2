package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.bytes.Digits;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.bytes.Utf8;
import dev.godwit.spi.record.FieldKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarBinaryVector;

/** An object: a member for each column, in their order, null columns too. */
final class ObjectForm extends RowForm {
  ObjectForm() {
    super("string", "{", "", "}");
  }

  @Override
  boolean writesNulls() {
    return true;
  }

  @Override
  List<Integer> order(List<String> names) {
    return IntStream.range(0, names.size()).boxed().toList();
  }

  @Override
  void name(byte[] name, GrowingBytes out) {
    JsonStrings.text(name, 0, name.length, out);
    out.int1(':');
  }

  @Override
  CellText cell(FieldVector vector) {
    CellText text = CellTexts.of(vector);
    return switch (FieldKind.of(vector.getField())) {
      case BOOL, INTEGER, UNSIGNED, DECIMAL, JSON, LIST, STRUCT, MAP -> text;
      case FLOAT, TEXT_DECIMAL -> number(text);
      case BINARY, BSON -> base64((VarBinaryVector) vector);
      case OPAQUE -> vector instanceof VarBinaryVector bytes ? base64(bytes) : string(text);
      case TEXT -> string(text);
      default -> quoted(text);
    };
  }

  @Override
  Optional<String> misfit(byte[] notation, GrowingBytes out) {
    if (Utf8.isValid(notation, 0, notation.length)) {
      JsonStrings.text(notation, 0, notation.length, out);
      return Optional.empty();
    }
    String mended = new String(notation, StandardCharsets.UTF_8);
    byte[] text = mended.getBytes(StandardCharsets.UTF_8);
    JsonStrings.text(text, 0, text.length, out);
    return Optional.of("JSON holds no text that is not valid in its character set");
  }

  @Override
  void large(FieldKind kind, boolean binary, Streams parts, Streams.Opening value)
      throws IOException {
    if (kind == FieldKind.JSON) {
      parts.json(value);
    } else if (binary) {
      parts.base64(value);
    } else {
      parts.text(value);
    }
  }

  /** Text: a zero byte is a character as any other. */
  private static CellText string(CellText text) {
    return (row, out) -> {
      int start = out.size();
      out.int1('"');
      text.write(row, out);
      int end = out.size();
      if (Utf8.plainJson(out.array(), start + 1, end) == end) {
        out.int1('"');
      } else {
        byte[] raw = Arrays.copyOfRange(out.array(), start + 1, end);
        out.cutTo(start);
        JsonStrings.text(raw, 0, raw.length, out);
      }
    };
  }

  /** Numbers as they are; what JSON has no number for in quotes. */
  private static CellText number(CellText text) {
    return (row, out) -> {
      int start = out.size();
      text.write(row, out);
      byte last = out.array()[out.size() - 1];
      if (last < '0' || last > '9') { // NaN, Infinity
        byte[] raw = Arrays.copyOfRange(out.array(), start, out.size());
        out.cutTo(start);
        JsonStrings.text(raw, 0, raw.length, out);
      }
    };
  }

  private static CellText base64(VarBinaryVector vector) {
    return (row, out) -> {
      byte[] bytes = vector.get(row);
      out.int1('"');
      Digits.base64(bytes, 0, bytes.length, out);
      out.int1('"');
    };
  }
}
