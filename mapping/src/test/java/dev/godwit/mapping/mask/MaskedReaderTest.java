package dev.godwit.mapping.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.store.Secret;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

/** What does not stay in its column must not slip past the mask. */
class MaskedReaderTest {
  private static final Optional<MaskKey> KEY =
      Optional.of(new MaskKey(Secret.of("a key of sixteen and more")));
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Fields.of("name", ArrowType.Utf8.INSTANCE, "text"),
              Fields.of("note", ArrowType.Utf8.INSTANCE, "text")));

  private static RecordReader over(List<RecordItem> items) {
    Deque<RecordItem> left = new ArrayDeque<>(items);
    return new RecordReader() {
      @Override
      public RecordItem next() {
        return left.poll();
      }

      @Override
      public void close() {}
    };
  }

  private static byte[] sha256(byte[] bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  @Test
  void misfitsAndLargeValuesAreMasked() throws Exception {
    byte[] secret = "a large secret".getBytes(UTF_8);
    byte[] open = "a large note".getBytes(UTF_8);
    Dataset dataset = Dataset.of(DatasetName.of("people"), "table", SCHEMA);
    ColumnMask mask = ColumnMask.of(dataset, "name", new MaskKind.Hash(), KEY);
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot rows = VectorSchemaRoot.create(SCHEMA, allocator)) {
      VarCharVector name = (VarCharVector) rows.getVector("name");
      VarCharVector note = (VarCharVector) rows.getVector("note");
      name.setSafe(0, "Ann".getBytes(UTF_8));
      note.setSafe(0, "plain".getBytes(UTF_8));
      rows.setRowCount(4);
      RecordBatch batch =
          new RecordBatch(
              rows,
              List.of(
                  new Misfit(1, 0, Misfit.Kind.BAD_TEXT, new byte[] {(byte) 0xff, 'x'}),
                  new Misfit(1, 1, Misfit.Kind.BAD_TEXT, new byte[] {(byte) 0xfe})),
              List.of(
                  new LargeReference(2, 0, secret.length, sha256(secret)),
                  new LargeReference(2, 1, open.length, sha256(open))));
      List<RecordItem> items =
          List.of(
              new LargeValue(new ByteArrayInputStream(secret)),
              new LargeValue(new ByteArrayInputStream(open)),
              batch);
      try (MaskedReader masked = new MaskedReader(over(items), List.of(mask), allocator)) {
        LargeValue first = (LargeValue) masked.next();
        assertThat(first.bytes().readAllBytes()).isEqualTo(open);
        RecordBatch hidden = (RecordBatch) masked.next();
        assertThat(hidden.misfits()).extracting(Misfit::column).containsExactly(1);
        assertThat(hidden.large()).extracting(LargeReference::column).containsExactly(1);
        VarCharVector names = (VarCharVector) hidden.rows().getVector("name");
        for (int row = 0; row < 3; row++) {
          assertThat(new String(names.get(row), UTF_8)).matches("[a-z2-9]{16}");
        }
        assertThat(names.isNull(3)).isTrue();
        assertThat(names.get(2)).isEqualTo(new HiddenText(KEY.get()).of(secret, 99));
        assertThat(((VarCharVector) hidden.rows().getVector("note")).get(0))
            .isEqualTo("plain".getBytes(UTF_8));
        assertThat(masked.next()).isNull();
      }
    }
  }

  @Test
  void nullMeansNothingIsLeft() throws Exception {
    byte[] secret = "a large secret".getBytes(UTF_8);
    Dataset dataset = Dataset.of(DatasetName.of("people"), "table", SCHEMA);
    ColumnMask mask = ColumnMask.of(dataset, "name", new MaskKind.Null(), KEY);
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot rows = VectorSchemaRoot.create(SCHEMA, allocator)) {
      rows.setRowCount(1);
      RecordBatch batch =
          new RecordBatch(
              rows, List.of(), List.of(new LargeReference(0, 0, secret.length, sha256(secret))));
      List<RecordItem> items = List.of(new LargeValue(new ByteArrayInputStream(secret)), batch);
      try (MaskedReader masked = new MaskedReader(over(items), List.of(mask), allocator)) {
        RecordBatch hidden = (RecordBatch) masked.next();
        assertThat(hidden.large()).isEmpty();
        assertThat(hidden.rows().getVector("name").isNull(0)).isTrue();
      }
    }
  }

  /** A store fills such columns up, and would give back other texts than it was given. */
  @Test
  void textOfFixedLengthStaysOfIt() throws Exception {
    assertThat(padded("hash", 20, "Ann")).hasSize(20).matches("[a-z2-9]{16} {4}");
    assertThat(padded("hash", 20, "Ann")).startsWith(padded("hash", 16, "Ann"));
    assertThat(padded("hash", 5, "Ann")).matches("[a-z2-9]{5}");
    assertThat(padded("keep-domain", 40, "Ann@é.org")).matches("[a-z2-9]{16}@é[.]org {18}");
    assertThat(padded("fixed:x", 3, "Ann")).isEqualTo("x  ");
  }

  private static String padded(String kind, int length, String value) throws Exception {
    Schema schema =
        new Schema(
            List.of(Fields.of("name", ArrowType.Utf8.INSTANCE, "character(" + length + ")")));
    Dataset dataset = Dataset.of(DatasetName.of("people"), "table", schema);
    ColumnMask mask = ColumnMask.of(dataset, "name", MaskKind.parse(kind), KEY);
    try (RootAllocator allocator = new RootAllocator();
        VectorSchemaRoot rows = VectorSchemaRoot.create(schema, allocator)) {
      String stored = value + " ".repeat(Math.max(0, length - value.length()));
      ((VarCharVector) rows.getVector("name")).setSafe(0, stored.getBytes(UTF_8));
      rows.setRowCount(1);
      List<RecordItem> items = List.of(new RecordBatch(rows, List.of(), List.of()));
      try (MaskedReader masked = new MaskedReader(over(items), List.of(mask), allocator)) {
        RecordBatch hidden = (RecordBatch) masked.next();
        return new String(((VarCharVector) hidden.rows().getVector("name")).get(0), UTF_8);
      }
    }
  }
}
