package dev.godwit.mapping.row;

import dev.godwit.spi.record.FieldKind;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * A value that is made of values, as JSON: numbers and booleans as they are, JSON inside as it is,
 * a map whose keys are no text as a list of pairs, and everything else as text.
 */
final class NestedJson {
  private NestedJson() {}

  static String of(FieldVector vector, int row) {
    StringBuilder out = new StringBuilder();
    append(vector, row, out);
    return out.toString();
  }

  private static void append(FieldVector vector, int row, StringBuilder out) {
    if (vector.isNull(row)) {
      out.append("null");
      return;
    }
    switch (FieldKind.of(vector.getField())) {
      case LIST -> list((ListVector) vector, row, out);
      case STRUCT -> struct((StructVector) vector, row, out);
      case MAP -> map((MapVector) vector, row, out);
      case BOOL, INTEGER, UNSIGNED, DECIMAL, TEXT_DECIMAL, JSON ->
          out.append(ValueText.of(vector, row));
      case FLOAT -> {
        String number = ValueText.of(vector, row);
        if (number.equals("NaN") || number.endsWith("Infinity")) {
          JsonText.quote(number, out);
        } else {
          out.append(number);
        }
      }
      default -> JsonText.quote(ValueText.of(vector, row), out);
    }
  }

  private static void list(ListVector vector, int row, StringBuilder out) {
    out.append('[');
    int from = vector.getElementStartIndex(row);
    for (int i = from; i < vector.getElementEndIndex(row); i++) {
      out.append(i > from ? ", " : "");
      append(vector.getDataVector(), i, out);
    }
    out.append(']');
  }

  private static void struct(StructVector vector, int row, StringBuilder out) {
    out.append('{');
    for (FieldVector child : vector.getChildrenFromFields()) {
      out.append(out.charAt(out.length() - 1) == '{' ? "" : ", ");
      JsonText.quote(child.getName(), out);
      out.append(": ");
      append(child, row, out);
    }
    out.append('}');
  }

  private static void map(MapVector vector, int row, StringBuilder out) {
    StructVector entries = (StructVector) vector.getDataVector();
    FieldVector keys = entries.getChildrenFromFields().get(0);
    FieldVector values = entries.getChildrenFromFields().get(1);
    boolean text = FieldKind.of(keys.getField()) == FieldKind.TEXT;
    out.append(text ? '{' : '[');
    int from = vector.getElementStartIndex(row);
    for (int i = from; i < vector.getElementEndIndex(row); i++) {
      out.append(i > from ? ", " : "").append(text ? "" : "[");
      append(keys, i, out);
      out.append(text ? ": " : ", ");
      append(values, i, out);
      out.append(text ? "" : "]");
    }
    out.append(text ? '}' : ']');
  }
}
