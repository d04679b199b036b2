package dev.godwit.loader.mongodb;

import com.mongodb.client.MongoCollection;
import dev.godwit.extractor.mongodb.MongoExtractorProvider;
import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.load.LoaderProvider;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.StoreUri;
import dev.godwit.testkit.contract.LoaderGiven;
import dev.godwit.testkit.contract.LoaderSample;
import dev.godwit.testkit.sample.Documents;
import dev.godwit.testkit.server.mongo.MongoServer;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;

/** What the contract tests need: a small database of every phase. */
interface ContractGiven extends LoaderGiven {
  /** One sample for all tests of this JVM. */
  final class Sample {
    private static final int BIRDS = 6000;
    private static LoaderSample made;

    private Sample() {}

    static synchronized LoaderSample get() {
      if (made == null) {
        made = make(MongoServer.shared());
      }
      return made;
    }

    private static LoaderSample make(MongoServer server) {
      String database = server.freeName();
      List<RawBsonDocument> birds = new ArrayList<>();
      for (int i = 0; i < BIRDS; i++) {
        birds.add(
            RawBsonDocument.parse(
                "{_id: %d, name: '%s', at: {$timestamp: {t: %d, i: 0}}}"
                    .formatted(i, "godwit ".repeat(i % 100), i % 100)));
      }
      server.collection(database, "birds").insertMany(birds);
      MongoCollection<RawBsonDocument> nests = server.collection(database, "nests");
      nests.insertOne(RawBsonDocument.parse("{_id: 'small', eggs: [1, 2]}"));
      nests.insertOne(
          new RawBsonDocument(Documents.withBinary(1, new byte[(8 << 20) + 100]).array()));
      server.command(database, "{create: 'nothing'}");
      server.command(
          database,
          "{createIndexes: 'birds', indexes: [{key: {name: 1}, name: 'by name', sparse: true},"
              + " {key: {seen: 1}, name: 'seen', expireAfterSeconds: 3600}]}");
      return new LoaderSample(
          server.uri(database)
              + (server.uri(database).contains("?") ? "&" : "?")
              + "partition-size=1",
          PasswordSource.NONE,
          List.of("mongodb://127.0.0.1:1/x?serverSelectionTimeoutMS=300"));
    }
  }

  @Override
  default LoaderProvider provider() {
    return new MongoLoaderProvider();
  }

  @Override
  default ExtractorProvider reader() {
    return new MongoExtractorProvider();
  }

  @Override
  default LoaderSample sample() {
    return Sample.get();
  }

  @Override
  default String emptyTarget() {
    MongoServer server = MongoServer.shared();
    return server.uri(server.freeName());
  }

  @Override
  default boolean isThere(String targetUri) {
    return MongoServer.shared().has(StoreUri.parse(targetUri).path());
  }

  @Override
  default DatasetName inTarget(String targetUri, DatasetName name) {
    return DatasetName.of(StoreUri.parse(targetUri).path(), name.last());
  }
}
