package dev.godwit.mapping.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.keyvalue.KeptForm;
import dev.godwit.mapping.keyvalue.KeyChoice;
import dev.godwit.mapping.keyvalue.KeyChoices;
import dev.godwit.mapping.keyvalue.KeyTemplate;
import dev.godwit.mapping.mask.Masks;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
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
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Row;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The first document of a dataset tells whether its documents were keys. */
class KeptCollectionsTest {
  private static final RecordForm KEYS = new RecordForm.KeyValues(List.of("hash", "string"));
  private static final DatasetName NAME = DatasetName.of("shop", "db0");
  private static final DatasetName EMPTY = DatasetName.of("shop", "empty");

  private final MemoryServer memory = new MemoryServer();
  private final Cancellation cancellation = new Cancellation();

  @AfterEach
  void close() {
    memory.close();
  }

  private Map<DatasetName, KeptForm> kept(
      Shape shape, MappingRequest request, RecordForm form, List<Row> documents) {
    MemoryStore store = memory.create(shape);
    Schema schema = new Schema(List.of(Fields.bson("document", "document")));
    store.put(Dataset.of(EMPTY, "collection", schema), List.of());
    store.put(Dataset.of(NAME, "collection", schema), documents);
    StoreUri uri = StoreUri.parse(memory.uri(store) + "?partition-rows=1");
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
      return KeptCollections.of(run, form, request, cancellation);
    }
  }

  private static byte[] bson(BsonDocument document) {
    ByteBuffer buffer =
        new RawBsonDocument(document, new BsonDocumentCodec()).getByteBuffer().asNIO();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static Row row(String json) {
    return Row.of(new Bytes(bson(BsonDocument.parse(json))));
  }

  private static final Row KEY = row("{_id: 'k', type: 'string', value: 'v'}");
  private static final Row ITEM = row("{_id: 'i', type: 'string', value: 'v', flags: 7}");
  private static final Row PERSON = row("{_id: 'p', text: 'Ada'}");

  @Test
  void theFirstDocumentTells() {
    assertThat(kept(Shape.DOCUMENTS, MappingRequest.PLAIN, KEYS, List.of(KEY, PERSON)))
        .isEqualTo(Map.of(NAME, new KeptForm(false)));
    assertThat(kept(Shape.DOCUMENTS, MappingRequest.PLAIN, KEYS, List.of(ITEM, KEY)))
        .isEqualTo(Map.of(NAME, new KeptForm(true)));
    Row other = row("{_id: 'a', text: 'Bob'}");
    assertThat(kept(Shape.DOCUMENTS, MappingRequest.PLAIN, KEYS, List.of(other, KEY))).isEmpty();
    assertThat(kept(Shape.DOCUMENTS, MappingRequest.PLAIN, KEYS, List.of())).isEmpty();
  }

  @Test
  void aLargeOneTellsAsWell() {
    BsonDocument large = BsonDocument.parse("{_id: 'k', type: 'string', expires: null}");
    large.put("value", new BsonString("x".repeat(9 << 20)));
    List<Row> rows = List.of(Row.of(LargeBytes.held(bson(large))));
    assertThat(kept(Shape.DOCUMENTS, MappingRequest.PLAIN, KEYS, rows)).containsOnlyKeys(NAME);
  }

  @Test
  void nothingIsKeptThatIsTemplatedOrGoesElsewhereOrIsReadOnce() {
    KeyChoices keys =
        new KeyChoices(
            List.of(
                new KeyChoice(
                    Optional.of(DatasetName.of("db0")), KeyTemplate.parse("x:{_id}"), "--key")),
            Optional.empty());
    MappingRequest templated =
        new MappingRequest(
            Renames.NONE, List.of(), OnLossy.FAIL, false, List.of(), Masks.NONE, keys);
    assertThat(kept(Shape.DOCUMENTS, templated, KEYS, List.of(KEY))).isEmpty();
    RecordForm documents = new RecordForm.Documents();
    assertThat(kept(Shape.DOCUMENTS, MappingRequest.PLAIN, documents, List.of(KEY))).isEmpty();
    assertThat(kept(Shape.STREAM, MappingRequest.PLAIN, KEYS, List.of(KEY))).isEmpty();
  }

  @Test
  void aRunThatIsCancelledFindsNothing() {
    cancellation.cancel(ExitCode.INTERRUPTED);
    assertThatThrownBy(() -> kept(Shape.DOCUMENTS, MappingRequest.PLAIN, KEYS, List.of(KEY)))
        .isInstanceOf(CancelledException.class);
  }
}
