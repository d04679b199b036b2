package dev.godwit.mapping.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.document.DocumentShape;
import dev.godwit.mapping.document.DocumentShape.Absence;
import dev.godwit.mapping.document.DocumentShape.ShapeField;
import dev.godwit.mapping.document.DocumentShape.ShapeType;
import dev.godwit.mapping.keyvalue.KeyChoices;
import dev.godwit.mapping.mask.Masks;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import dev.godwit.testkit.memory.MemoryServer;
import dev.godwit.testkit.memory.MemoryStore;
import dev.godwit.testkit.memory.Shape;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.sample.OddDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What documents have in common is learned from all of them, several partitions at a time. */
class ShapesTest {
  private static final RecordForm.Rows ROWS =
      field -> new Placement(field, Placement.Fidelity.EXACT, "");
  private static final MappingRequest FLATTEN =
      new MappingRequest(
          Renames.NONE, List.of(), OnLossy.FAIL, true, List.of(), Masks.NONE, KeyChoices.NONE);
  private static final DatasetName NAME = DatasetName.of("shop", "orders");

  private final MemoryServer memory = new MemoryServer();
  private final Cancellation cancellation = new Cancellation();

  @AfterEach
  void close() {
    memory.close();
  }

  private Map<DatasetName, DocumentShape> learn(
      Shape shape, MappingRequest request, RecordForm form, List<Row> documents) {
    MemoryStore store = memory.create(shape);
    store.put(
        Dataset.of(NAME, "collection", new Schema(List.of(Fields.bson("document", "document")))),
        documents);
    StoreUri uri = StoreUri.parse(memory.uri(store) + "?partition-rows=10");
    try (RootAllocator allocator = new RootAllocator();
        Extractor extractor =
            memory
                .reading()
                .open(
                    new StoreAddress(
                        uri, Options.bind(memory.reading().options(), uri), PasswordSource.NONE),
                    new PluginContext(allocator, new Cancellation(), w -> {}, 3));
        ExtractRun run =
            extractor.begin(new ExtractRequest(extractor.sources().get(0), DatasetFilter.ALL))) {
      return Shapes.of(run, form, request, 3, cancellation);
    }
  }

  private static List<Row> documents(int count) {
    List<Row> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] id = OddDocuments.element(0x10, "_id", OddDocuments.int32(i));
      byte[] number = OddDocuments.element(0x10, "n", OddDocuments.int32(i));
      byte[] mixed =
          i == count - 1
              ? OddDocuments.element(8, "mixed", new byte[] {1})
              : OddDocuments.element(0x10, "mixed", OddDocuments.int32(i));
      byte[] some = i < 5 ? OddDocuments.element(8, "some", new byte[] {1}) : new byte[0];
      documents.add(Row.of(new Bytes(OddDocuments.document(id, number, mixed, some))));
    }
    return documents;
  }

  @Test
  void oneOddDocumentInTheLastPartitionCounts() {
    assertThat(learn(Shape.DOCUMENTS, FLATTEN, ROWS, documents(95)))
        .containsOnlyKeys(NAME)
        .satisfies(
            shapes -> {
              assertThat(shapes.get(NAME).id()).contains(ShapeType.INT32);
              assertThat(shapes.get(NAME).fields())
                  .containsExactlyInAnyOrder(
                      new ShapeField("n", ShapeType.INT32, Absence.MISSING),
                      new ShapeField("some", ShapeType.BOOL, Absence.MISSING));
            });
  }

  @Test
  void nothingIsReadWhereNothingIsFlattened() {
    assertThat(learn(Shape.DOCUMENTS, MappingRequest.PLAIN, ROWS, documents(1))).isEmpty();
    assertThat(learn(Shape.DOCUMENTS, FLATTEN, new RecordForm.Documents(), documents(1))).isEmpty();
  }

  @Test
  void whatCanBeReadOnlyOnceIsRefused() {
    assertThatThrownBy(() -> learn(Shape.STREAM, FLATTEN, ROWS, documents(1)))
        .isInstanceOfSatisfying(
            GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("can be read only once");
  }

  @Test
  void aRunThatIsCancelledLearnsNothing() {
    cancellation.cancel(ExitCode.INTERRUPTED);
    assertThatThrownBy(() -> learn(Shape.DOCUMENTS, FLATTEN, ROWS, documents(40)))
        .isInstanceOf(CancelledException.class);
  }

  @Test
  void whatIsNoDocumentIsNamed() {
    List<Row> documents = new ArrayList<>(documents(20));
    byte[] broken = ((Bytes) documents.get(7).get(0)).array().clone();
    broken[broken.length - 1] = 1;
    documents.set(7, Row.of(new Bytes(broken)));
    assertThatThrownBy(() -> learn(Shape.DOCUMENTS, FLATTEN, ROWS, documents))
        .isInstanceOf(GodwitException.class)
        .hasMessageContaining("a document of shop.orders cannot be read");
  }
}
