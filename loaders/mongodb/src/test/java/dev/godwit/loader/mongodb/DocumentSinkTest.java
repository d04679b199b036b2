package dev.godwit.loader.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.extractor.mongodb.bson.Raw;
import dev.godwit.extractor.mongodb.session.MongoConnection;
import dev.godwit.loader.mongodb.LoadOptions.IfExists;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.Role;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import dev.godwit.testkit.server.mongo.MongoServer;
import dev.godwit.testkit.server.mongo.RanAgainst;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Documents that meet others in their collection. */
@ExtendWith(RanAgainst.class)
class DocumentSinkTest {
  private final MongoServer server = MongoServer.shared();
  private final String database = server.freeName();
  private final RootAllocator allocator = new RootAllocator();
  private final List<String> warnings = new ArrayList<>();
  private final Refused refused = new Refused(warnings::add);
  private MongoConnection target;

  @BeforeEach
  void open() {
    StoreUri uri = StoreUri.parse(server.uri(database));
    target =
        MongoConnection.open(
            new StoreAddress(uri, Options.bind(LoadOptions.ALL, uri), PasswordSource.NONE),
            Role.TARGET,
            new PluginContext(allocator, new Cancellation(), warning -> {}, 1));
  }

  @AfterEach
  void drop() {
    target.close();
    allocator.close();
    server.drop(database);
  }

  private DocumentSink sink(IfExists ifExists) {
    return new DocumentSink(
        target.collection(database, "things"),
        "things",
        false,
        ifExists,
        new EmptyTimestamps(target, database),
        refused,
        target.failures());
  }

  private static List<RawBsonDocument> parsed(String... documents) {
    return Stream.of(documents).map(RawBsonDocument::parse).toList();
  }

  private void there(String... documents) {
    target.collection(database, "things").insertMany(parsed(documents));
  }

  private List<RawBsonDocument> all() {
    return target.collection(database, "things").find().into(new ArrayList<>());
  }

  @Test
  void whatOthersKeepThePlaceOfIsNotCountedAsWritten() {
    there("{_id: 1, a: 'theirs'}", "{_id: 3, a: 'ours'}");
    DocumentSink sink = sink(IfExists.KEEP);
    sink.write(parsed("{_id: 1, a: 'ours'}", "{_id: 2, a: 'ours'}", "{_id: 3, a: 'ours'}"));
    assertThat(sink.kept()).isEqualTo(1);
    assertThat(sink.written()).isEqualTo(2); // one was there already, to the byte
  }

  @Test
  void whatIsKeptIsLeftAsItIsAlsoWhereOursHasAnEmptyTimestamp() {
    there("{_id: 1, a: 'theirs', t: {$timestamp: {t: 5, i: 5}}}");
    DocumentSink sink = sink(IfExists.KEEP);
    sink.write(parsed("{_id: 1, a: 'ours', t: {$timestamp: {t: 0, i: 0}}}"));
    assertThat(all())
        .containsExactlyElementsOf(parsed("{_id: 1, a: 'theirs', t: {$timestamp: {t: 5, i: 5}}}"));
    assertThat(sink.kept()).isEqualTo(1);
  }

  @Test
  void aDocumentThatAnotherIndexRefusesIsNotReplacedAndSoNotWritten() {
    there("{_id: 1, mail: 'x'}");
    server.command(
        database,
        "{createIndexes: 'things', indexes: [{key: {mail: 1}, name: 'mail', unique: true}]}");
    assertThatThrownBy(() -> sink(IfExists.REPLACE).write(parsed("{_id: 2, mail: 'x'}")))
        .isInstanceOf(GodwitException.class)
        .hasMessageContaining("things")
        .hasMessageContaining("unique");
  }

  @Test
  void aDocumentThatAnotherIndexRefusesIsNotToldAsKept() {
    there("{_id: 1, mail: 'x'}", "{_id: 3, mail: 'y'}");
    server.command(
        database,
        "{createIndexes: 'things', indexes: [{key: {mail: 1}, name: 'mail', unique: true}]}");
    DocumentSink sink = sink(IfExists.KEEP);
    sink.write(parsed("{_id: 2, mail: 'x'}", "{_id: 3.0, mail: 'z'}", "{_id: 4, mail: 'a'}"));
    assertThat(sink.kept()).isEqualTo(2);
    assertThat(sink.written()).isEqualTo(1);
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).contains("things", "{\"_id\": 2}", "another _id");
    assertThat(refused.notes())
        .containsExactly("1 document was there already, and was kept as it is");
  }

  @Test
  void whatIsThereToTheByteIsNotReplacedSoThatNamesOfEveryKindAreWrittenAgain() {
    // Servers take one of these into a document, and neither in a replacement.
    RawBsonDocument odd = RawBsonDocument.parse("{_id: 1, $x: 1}");
    if (!server.insert(database, "things", Raw.bytes(odd).array())) {
      odd = RawBsonDocument.parse("{_id: 1, in: {$x: 1}}");
      there("{_id: 1, in: {$x: 1}}");
    }
    DocumentSink sink = sink(IfExists.FAIL);
    sink.write(List.of(odd, RawBsonDocument.parse("{_id: 2}")));
    assertThat(all()).containsExactly(odd, RawBsonDocument.parse("{_id: 2}"));
    assertThat(sink.written()).isEqualTo(2);
  }

  @Test
  void anEmptyTimestampIsPutRightPastAValidatorToo() {
    server.command(database, "{create: 'things', validator: {name: {$exists: true}}}");
    RawBsonDocument unfit = RawBsonDocument.parse("{_id: 1, t: {$timestamp: {t: 0, i: 0}}}");
    sink(IfExists.FAIL).write(List.of(unfit));
    assertThat(all()).containsExactly(unfit);
  }
}
