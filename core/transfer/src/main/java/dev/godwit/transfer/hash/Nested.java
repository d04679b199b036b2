package dev.godwit.transfer.hash;

import java.util.Arrays;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;

/** Encodes values that are made of values. */
final class Nested {
  private Nested() {}

  static Cell list(ListVector vector) {
    Cell element = Cells.of(vector.getDataVector());
    return Cells.nullable(
        vector,
        (row, out) -> {
          int from = vector.getElementStartIndex(row);
          int to = vector.getElementEndIndex(row);
          out.putByte(Tag.LIST);
          out.putInt(to - from);
          for (int i = from; i < to; i++) {
            element.encode(i, out);
          }
        });
  }

  static Cell struct(StructVector vector) {
    Cell[] members = vector.getChildrenFromFields().stream().map(Cells::of).toArray(Cell[]::new);
    return Cells.nullable(
        vector,
        (row, out) -> {
          out.putByte(Tag.STRUCT);
          out.putInt(members.length);
          for (Cell member : members) {
            member.encode(row, out);
          }
        });
  }

  static Cell map(MapVector vector) {
    StructVector entries = (StructVector) vector.getDataVector();
    FieldVector keys = entries.getChildrenFromFields().get(0);
    FieldVector values = entries.getChildrenFromFields().get(1);
    Cell key = Cells.of(keys);
    Cell value = Cells.of(values);
    return Cells.nullable(
        vector,
        (row, out) -> {
          int from = vector.getElementStartIndex(row);
          int count = vector.getElementEndIndex(row) - from;
          out.putByte(Tag.MAP);
          out.putInt(count);
          byte[][] encoded = new byte[count][];
          for (int i = 0; i < count; i++) {
            int mark = out.size();
            key.encode(from + i, out);
            value.encode(from + i, out);
            encoded[i] = out.takeFrom(mark);
          }
          Arrays.sort(encoded, Arrays::compareUnsigned);
          for (byte[] entry : encoded) {
            out.put(entry);
          }
        });
  }
}
