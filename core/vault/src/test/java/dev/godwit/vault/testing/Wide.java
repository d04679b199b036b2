package dev.godwit.vault.testing;

import dev.godwit.spi.record.Fields;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** A batch with a column of every shape, nulls in many of them. */
public final class Wide {
  private static final ArrowType INT32 = new ArrowType.Int(32, true);

  private static final Field ENTRIES =
      new Field(
          "entries",
          FieldType.notNullable(new ArrowType.Struct()),
          List.of(
              new Field("key", FieldType.notNullable(INT32), null),
              new Field("value", FieldType.nullable(INT32), null)));

  /** Its columns. */
  public static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("flag", ArrowType.Bool.INSTANCE, "boolean"),
              Fields.of("number", new ArrowType.Int(64, true), "bigint"),
              Fields.of("whole", new ArrowType.Int(64, true), "bigint"),
              Fields.of(
                  "ratio", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE), "float8"),
              Fields.of("price", new ArrowType.Decimal(10, 2, 128), "numeric(10,2)"),
              Fields.uuid("token", "uuid"),
              Fields.of("span", new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO), "interval"),
              Fields.of("note", ArrowType.Utf8.INSTANCE, "text"),
              Fields.of("bytes", ArrowType.Binary.INSTANCE, "bytea"),
              Fields.of(
                  "tags",
                  new ArrowType.List(),
                  "text[]",
                  Fields.of("item", ArrowType.Utf8.INSTANCE, "text")),
              Fields.of(
                  "pair",
                  new ArrowType.Struct(),
                  "pair",
                  Fields.of("a", INT32, "int4"),
                  Fields.of("b", ArrowType.Utf8.INSTANCE, "text")),
              Fields.of("counts", new ArrowType.Map(false), "map", ENTRIES)));

  private Wide() {}

  /** A new root with so many rows. */
  public static VectorSchemaRoot of(BufferAllocator allocator, int rows) {
    VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, allocator);
    fill(root, rows);
    return root;
  }

  /** Fills a root as an extractor would that takes its vectors again. */
  public static void fill(VectorSchemaRoot root, int rows) {
    root.getFieldVectors().forEach(vector -> vector.reset());
    for (int row = 0; row < rows; row++) {
      boolean there = row % 3 != 1;
      ((BigIntVector) root.getVector("whole")).setSafe(row, row);
      if (there) {
        scalars(root, row);
      }
    }
    nested(root, rows);
    root.setRowCount(rows);
  }

  private static void scalars(VectorSchemaRoot root, int row) {
    byte[] text = ("row " + row).getBytes(StandardCharsets.UTF_8);
    ((BitVector) root.getVector("flag")).setSafe(row, row % 2);
    ((BigIntVector) root.getVector("number")).setSafe(row, 1000L * row);
    ((Float8Vector) root.getVector("ratio")).setSafe(row, row == 0 ? -0.0 : 1.0 / row);
    ((DecimalVector) root.getVector("price")).setSafe(row, BigDecimal.valueOf(row * 100L + 5, 2));
    ((FixedSizeBinaryVector) root.getVector("token")).setSafe(row, new byte[16]);
    ((IntervalMonthDayNanoVector) root.getVector("span")).setSafe(row, row, 2, 3);
    ((VarCharVector) root.getVector("note")).setSafe(row, text);
    ((VarBinaryVector) root.getVector("bytes")).setSafe(row, text);
  }

  private static void nested(VectorSchemaRoot root, int rows) {
    ListVector tags = (ListVector) root.getVector("tags");
    VarCharVector tag = (VarCharVector) tags.getDataVector();
    StructVector pair = (StructVector) root.getVector("pair");
    MapVector counts = (MapVector) root.getVector("counts");
    StructVector entries = (StructVector) counts.getDataVector();
    int next = 0;
    int entry = 0;
    for (int row = 0; row < rows; row++) {
      if (row % 4 != 2) {
        tags.startNewValue(row);
        for (int i = 0; i < row % 3; i++) {
          tag.setSafe(next++, ("t" + row + i).getBytes(StandardCharsets.UTF_8));
        }
        tags.endValue(row, row % 3);
        pair.setIndexDefined(row);
        pair.getChild("a", IntVector.class).setSafe(row, row);
        if (row % 2 == 0) {
          byte[] b = ("b" + row).getBytes(StandardCharsets.UTF_8);
          pair.getChild("b", VarCharVector.class).setSafe(row, b);
        }
        counts.startNewValue(row);
        entries.setIndexDefined(entry);
        entries.getChild("key", IntVector.class).setSafe(entry, row);
        entries.getChild("value", IntVector.class).setSafe(entry, 7);
        entry++;
        counts.endValue(row, 1);
      } else {
        tags.setNull(row);
        pair.setNull(row);
        counts.setNull(row);
      }
    }
  }
}
