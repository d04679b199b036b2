package dev.godwit.spi.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class RecordBatchTest {
  private static final ArrowType UTF8 = ArrowType.Utf8.INSTANCE;

  @Test
  void findsMisfitsAndReferencesByTheirPlace() {
    List<Misfit> misfits = new ArrayList<>();
    List<LargeReference> large = new ArrayList<>();
    for (int row = 0; row < 50; row++) {
      for (int column = 0; column < 5; column++) {
        if ((row + column) % 3 == 0) {
          misfits.add(new Misfit(row, column, Misfit.Kind.NAN, new byte[] {(byte) row}));
        } else if ((row + column) % 7 == 0) {
          large.add(new LargeReference(row, column, row, new byte[32]));
        }
      }
    }
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(List.of()), allocator)) {
      RecordBatch batch = new RecordBatch(root, misfits, large);
      for (int row = -1; row < 51; row++) {
        for (int column = 0; column < 6; column++) {
          int r = row;
          int c = column;
          assertThat(batch.misfitAt(r, c))
              .isEqualTo(
                  misfits.stream()
                      .filter(m -> m.row() == r && m.column() == c)
                      .findFirst()
                      .orElse(null));
          assertThat(batch.largeAt(r, c))
              .isEqualTo(
                  large.stream()
                      .filter(l -> l.row() == r && l.column() == c)
                      .findFirst()
                      .orElse(null));
        }
      }
      assertThat(new RecordBatch(root).misfitAt(0, 0)).isNull();
    }
  }

  @Test
  void misfitsAndReferencesAreEqualByContent() {
    Misfit misfit = new Misfit(1, 2, Misfit.Kind.SHAPE, new byte[] {3});
    assertThat(misfit)
        .isEqualTo(new Misfit(1, 2, Misfit.Kind.SHAPE, new byte[] {3}))
        .hasSameHashCodeAs(new Misfit(1, 2, Misfit.Kind.SHAPE, new byte[] {3}))
        .isNotEqualTo(new Misfit(1, 2, Misfit.Kind.SHAPE, new byte[] {4}))
        .isNotEqualTo(new Misfit(1, 2, Misfit.Kind.TYPE, new byte[] {3}));
    LargeReference large = new LargeReference(1, 2, 9, new byte[] {3});
    assertThat(large)
        .isEqualTo(new LargeReference(1, 2, 9, new byte[] {3}))
        .hasSameHashCodeAs(new LargeReference(1, 2, 9, new byte[] {3}))
        .isNotEqualTo(new LargeReference(1, 2, 8, new byte[] {3}));
  }

  @Test
  void knowsTheKindOfEveryField() {
    assertThat(kind(ArrowType.Bool.INSTANCE)).isEqualTo(FieldKind.BOOL);
    assertThat(kind(new ArrowType.Int(8, true))).isEqualTo(FieldKind.INTEGER);
    assertThat(kind(new ArrowType.Int(64, false))).isEqualTo(FieldKind.UNSIGNED);
    assertThat(kind(new ArrowType.Timestamp(TimeUnit.MICROSECOND, null)))
        .isEqualTo(FieldKind.LOCAL_TIMESTAMP);
    assertThat(kind(new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC")))
        .isEqualTo(FieldKind.INSTANT);
    assertThat(FieldKind.of(Fields.uuid("u", "uuid"))).isEqualTo(FieldKind.UUID);
    assertThat(FieldKind.of(Fields.json("j", "jsonb"))).isEqualTo(FieldKind.JSON);
    assertThat(FieldKind.of(Fields.decimal("d", "numeric"))).isEqualTo(FieldKind.TEXT_DECIMAL);
    assertThat(FieldKind.of(Fields.bson("b", "document"))).isEqualTo(FieldKind.BSON);
    Field opaque = Fields.opaque("o", UTF8, "a\"b\\c\n", "postgresql", "odd");
    assertThat(FieldKind.of(opaque)).isEqualTo(FieldKind.OPAQUE);
    assertThat(opaque.getMetadata())
        .containsEntry(
            Fields.EXTENSION_METADATA,
            "{\"type_name\":\"a\\\"b\\\\c\\u000a\",\"vendor_name\":\"postgresql\"}");
    assertThat(Fields.nativeType(opaque)).contains("odd");
    assertThat(opaque.isNullable()).isTrue();
    assertThatThrownBy(() -> kind(ArrowType.LargeUtf8.INSTANCE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static FieldKind kind(ArrowType type) {
    return FieldKind.of(new Field("f", FieldType.nullable(type), List.of()));
  }
}
