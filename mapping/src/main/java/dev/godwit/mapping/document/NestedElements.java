package dev.godwit.mapping.document;

import dev.godwit.mapping.document.RowLosses.FieldLosses;
import dev.godwit.spi.record.FieldKind;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;

/** Lists, structs and maps as arrays and objects. */
final class NestedElements {
  private NestedElements() {}

  static ElementWriter list(ListVector vector, FieldLosses losses) {
    ElementWriter element = ElementWriters.of(vector.getDataVector(), losses);
    boolean json = FieldKind.of(vector.getDataVector().getField()) == FieldKind.JSON;
    return (row, name, out) -> {
      int from = vector.getElementStartIndex(row);
      int to = vector.getElementEndIndex(row);
      out.element(BsonType.ARRAY, name);
      int mark = out.beginLength();
      for (int i = from; i < to; i++) {
        if (json && vector.getDataVector().isNull(i)) {
          out.element(BsonType.NULL, Names.index(i - from)); // an array has no gaps
        } else {
          element.write(i, Names.index(i - from), out);
        }
      }
      out.endDocument(mark);
    };
  }

  static ElementWriter struct(StructVector vector, FieldLosses losses) {
    FieldVector[] children = vector.getChildrenFromFields().toArray(FieldVector[]::new);
    ElementWriter[] members = new ElementWriter[children.length];
    byte[][] names = new byte[children.length][];
    for (int i = 0; i < children.length; i++) {
      members[i] = ElementWriters.of(children[i], losses);
      names[i] = Names.of(children[i].getName());
    }
    return (row, name, out) -> {
      out.element(BsonType.DOCUMENT, name);
      int mark = out.beginLength();
      for (int i = 0; i < members.length; i++) {
        members[i].write(row, names[i], out);
      }
      out.endDocument(mark);
    };
  }

  static ElementWriter map(MapVector vector, FieldLosses losses) {
    StructVector entries = (StructVector) vector.getDataVector();
    FieldVector keys = entries.getChildrenFromFields().get(0);
    FieldVector values = entries.getChildrenFromFields().get(1);
    ElementWriter value = ElementWriters.of(values, losses);
    if (FieldKind.of(keys.getField()) == FieldKind.TEXT) {
      VarCharVector texts = (VarCharVector) keys;
      return (row, name, out) -> {
        out.element(BsonType.DOCUMENT, name);
        int mark = out.beginLength();
        for (int i = vector.getElementStartIndex(row); i < vector.getElementEndIndex(row); i++) {
          value.write(i, Names.of(new String(texts.get(i), StandardCharsets.UTF_8)), out);
        }
        out.endDocument(mark);
      };
    }
    ElementWriter key = ElementWriters.of(keys, losses);
    return (row, name, out) -> {
      int from = vector.getElementStartIndex(row);
      out.element(BsonType.ARRAY, name);
      int mark = out.beginLength();
      for (int i = from; i < vector.getElementEndIndex(row); i++) {
        out.element(BsonType.ARRAY, Names.index(i - from));
        int pair = out.beginLength();
        key.write(i, Names.index(0), out);
        value.write(i, Names.index(1), out);
        out.endDocument(pair);
      }
      out.endDocument(mark);
    };
  }
}
