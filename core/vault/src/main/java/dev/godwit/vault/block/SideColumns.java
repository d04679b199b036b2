package dev.godwit.vault.block;

import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * The columns that a block has beside those of its dataset, where a batch has misfits or references
 * to large values. Each is a list of structs, null in the rows that have none, and is told from the
 * dataset's own columns by its metadata, not by its name.
 */
final class SideColumns {
  /** Metadata key: marks a side column; its value says which. */
  static final String SIDE = "godwit.side";

  private static final ArrowType INT32 = new ArrowType.Int(32, true);
  private static final Field MISFITS =
      side(
          "__misfits",
          "misfits",
          field("field", INT32),
          field("kind", ArrowType.Utf8.INSTANCE),
          field("bytes", ArrowType.Binary.INSTANCE));
  private static final Field LARGE =
      side(
          "__large",
          "large",
          field("field", INT32),
          field("length", new ArrowType.Int(64, true)),
          field("sha256", new ArrowType.FixedSizeBinary(32)));

  private SideColumns() {}

  private static Field field(String name, ArrowType type) {
    return new Field(name, FieldType.notNullable(type), null);
  }

  private static Field side(String name, String side, Field... parts) {
    Field item = new Field("item", FieldType.notNullable(new ArrowType.Struct()), List.of(parts));
    FieldType type = new FieldType(true, new ArrowType.List(), null, Map.of(SIDE, side));
    return new Field(name, type, List.of(item));
  }

  /** Which side column a field is, if it is one. */
  static Optional<String> sideOf(Field field) {
    return Optional.ofNullable(field.getMetadata().get(SIDE));
  }

  /** The side columns that the batch needs, nearly always none; the caller closes them. */
  static List<FieldVector> of(RecordBatch batch, BufferAllocator allocator) {
    List<FieldVector> columns = new ArrayList<>(2);
    if (!batch.misfits().isEmpty()) {
      columns.add(misfits(batch, allocator));
    }
    if (!batch.large().isEmpty()) {
      columns.add(large(batch, allocator));
    }
    return columns;
  }

  private static FieldVector misfits(RecordBatch batch, BufferAllocator allocator) {
    ListVector column = (ListVector) MISFITS.createVector(allocator);
    column.allocateNew();
    StructVector item = (StructVector) column.getDataVector();
    IntVector field = item.getChild("field", IntVector.class);
    VarCharVector kind = item.getChild("kind", VarCharVector.class);
    VarBinaryVector bytes = item.getChild("bytes", VarBinaryVector.class);
    fill(
        column,
        batch.rowCount(),
        batch.misfits(),
        Misfit::row,
        (misfit, at) -> {
          field.setSafe(at, misfit.column());
          kind.setSafe(at, misfit.kind().name().getBytes(StandardCharsets.US_ASCII));
          bytes.setSafe(at, misfit.bytes());
        });
    return column;
  }

  private static FieldVector large(RecordBatch batch, BufferAllocator allocator) {
    ListVector column = (ListVector) LARGE.createVector(allocator);
    column.allocateNew();
    StructVector item = (StructVector) column.getDataVector();
    IntVector field = item.getChild("field", IntVector.class);
    BigIntVector length = item.getChild("length", BigIntVector.class);
    FixedSizeBinaryVector sha256 = item.getChild("sha256", FixedSizeBinaryVector.class);
    fill(
        column,
        batch.rowCount(),
        batch.large(),
        LargeReference::row,
        (reference, at) -> {
          field.setSafe(at, reference.column());
          length.setSafe(at, reference.length());
          sha256.setSafe(at, reference.sha256());
        });
    return column;
  }

  private interface Setter<T> {
    void set(T placed, int at);
  }

  private static <T> void fill(
      ListVector column, int rows, List<T> placed, ToIntFunction<T> rowOf, Setter<T> setter) {
    StructVector item = (StructVector) column.getDataVector();
    int next = 0;
    while (next < placed.size()) {
      int row = rowOf.applyAsInt(placed.get(next));
      int from = next;
      column.startNewValue(row);
      for (; next < placed.size() && rowOf.applyAsInt(placed.get(next)) == row; next++) {
        item.setIndexDefined(next);
        setter.set(placed.get(next), next);
      }
      column.endValue(row, next - from);
    }
    item.setValueCount(placed.size());
    column.setValueCount(rows);
  }

  /** The misfits that a column holds. */
  static List<Misfit> misfits(ListVector column) {
    StructVector item = (StructVector) column.getDataVector();
    IntVector field = item.getChild("field", IntVector.class);
    VarCharVector kind = item.getChild("kind", VarCharVector.class);
    VarBinaryVector bytes = item.getChild("bytes", VarBinaryVector.class);
    return gather(
        column,
        (row, at) ->
            new Misfit(
                row,
                field.get(at),
                Misfit.Kind.valueOf(new String(kind.get(at), StandardCharsets.US_ASCII)),
                bytes.get(at)));
  }

  /** The references that a column holds. */
  static List<LargeReference> large(ListVector column) {
    StructVector item = (StructVector) column.getDataVector();
    IntVector field = item.getChild("field", IntVector.class);
    BigIntVector length = item.getChild("length", BigIntVector.class);
    FixedSizeBinaryVector sha256 = item.getChild("sha256", FixedSizeBinaryVector.class);
    return gather(
        column,
        (row, at) -> new LargeReference(row, field.get(at), length.get(at), sha256.get(at)));
  }

  private interface Getter<T> {
    T get(int row, int at);
  }

  private static <T> List<T> gather(ListVector column, Getter<T> getter) {
    List<T> found = new ArrayList<>();
    for (int row = 0; row < column.getValueCount(); row++) {
      if (!column.isNull(row)) {
        int end = column.getElementEndIndex(row);
        for (int at = column.getElementStartIndex(row); at < end; at++) {
          found.add(getter.get(row, at));
        }
      }
    }
    return found;
  }
}
