package dev.godwit.mapping.document;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.Converted.Noted;
import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.run.Conversions;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.Span;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.UuidRepresentation;
import org.bson.codecs.DocumentCodec;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** How many documents of 1 KB one core makes rows of in a second; run by hand. */
final class Speed {
  private static final int ROWS = 4000;
  private static final int BATCHES = 200;
  private static final Dataset DOCUMENTS =
      Dataset.of(
          DatasetName.of("shop", "orders"),
          "collection",
          new Schema(List.of(Fields.bson("document", "document"))));

  private Speed() {}

  public static void main(String[] arguments) {
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(DOCUMENTS.schema(), allocator)) {
      long bytes = fill((VarBinaryVector) root.getVector(0));
      root.setRowCount(ROWS);
      System.out.println(bytes / ROWS + " bytes a document");
      Supplier<RecordReader> reader = () -> new Repeated(new RecordBatch(root));
      ShapeLearner learner = new ShapeLearner();
      for (int i = 0; i < 5; i++) {
        long start = System.nanoTime();
        learner.learn(reader.get(), new Cancellation());
        tell("learn", start);
      }
      DocumentShape shape = learner.shape();
      System.out.println(shape);
      for (int i = 0; i < 5; i++) {
        run("default", Optional.empty(), reader, allocator);
        run("flatten", Optional.of(shape), reader, allocator);
      }
    }
  }

  private static void run(
      String name,
      Optional<DocumentShape> shape,
      Supplier<RecordReader> reader,
      BufferAllocator allocator) {
    RecordForm.Rows form = field -> new Placement(field, Placement.Fidelity.EXACT, "");
    Conversion conversion = Conversions.of(DOCUMENTS, form, OnLossy.FAIL, List.of(), shape);
    long start = System.nanoTime();
    try (RecordReader rows =
        conversion.reading(
            new Partition(DOCUMENTS.name(), 0, Span.ALL),
            reader.get(),
            new Noted(OnLossy.FAIL),
            allocator)) {
      long made = 0;
      for (RecordItem item; (item = rows.next()) != null; ) {
        made += ((RecordBatch) item).rowCount();
      }
      if (made != (long) ROWS * BATCHES) {
        throw new IllegalStateException("only " + made);
      }
    }
    tell(name, start);
  }

  private static void tell(String name, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%s: %.0f rows a second%n", name, ROWS * BATCHES / seconds);
  }

  private static long fill(VarBinaryVector vector) {
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Document document =
          new Document("_id", new ObjectId(i, i))
              .append("customer", i)
              .append("number", i * 10_000_000_000L)
              .append("total", Decimal128.parse(i + ".25"))
              .append("weight", i / 7.0)
              .append("paid", i % 2 == 0)
              .append("placed", new BsonDateTime(1_700_000_000_000L + i))
              .append("key", new BsonBinary(new UUID(i, -i), UuidRepresentation.STANDARD))
              .append("name", "Customer number " + i)
              .append("street", "Am alten Fischm\u00e4rkt " + i)
              .append("note", "It says \"handle with care\", and then some more of it. ".repeat(2));
      List<Document> lines = new ArrayList<>();
      for (int line = 0; line < 5; line++) {
        lines.add(
            new Document("sku", "article-" + line)
                .append("count", line)
                .append("price", line + 0.5)
                .append("text", "x".repeat(40)));
      }
      document.append("lines", lines);
      document.append("thumb", new BsonBinary(new byte[64]));
      var raw = new RawBsonDocument(document, new DocumentCodec()).getByteBuffer().asNIO();
      byte[] bytes = new byte[raw.remaining()];
      raw.get(bytes);
      all.add(bytes);
    }
    long size = 0;
    vector.allocateNew();
    for (int i = 0; i < ROWS; i++) {
      vector.setSafe(i, all.get(i));
      size += all.get(i).length;
    }
    vector.setValueCount(ROWS);
    return size;
  }

  /** One batch, again and again. */
  private static final class Repeated implements RecordReader {
    private final RecordBatch batch;
    private int left = BATCHES;

    Repeated(RecordBatch batch) {
      this.batch = batch;
    }

    @Override
    public RecordItem next() {
      return left-- > 0 ? batch : null;
    }

    @Override
    public void close() {}
  }
}
