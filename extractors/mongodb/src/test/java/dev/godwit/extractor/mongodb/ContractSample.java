package dev.godwit.extractor.mongodb;

import com.mongodb.client.MongoCollection;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.testkit.contract.ExtractorSample;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.sample.Documents;
import dev.godwit.testkit.server.mongo.MongoServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bson.RawBsonDocument;

/** The database that the contract tests read, made once for each test JVM. */
final class ContractSample {
  private static final int ORDERS = 20_000;
  private static ExtractorSample made;

  private ContractSample() {}

  static synchronized ExtractorSample sample() {
    if (made == null) {
      made = make(MongoServer.shared());
    }
    return made;
  }

  private static ExtractorSample make(MongoServer server) {
    String database = server.freeName();
    Random random = new Random(1);
    fill(server.collection(database, "orders"), ORDERS, random);
    MongoCollection<RawBsonDocument> pictures = server.collection(database, "pictures");
    for (int i = 0; i < 4; i++) {
      byte[] data = new byte[i * 3_500_000];
      random.nextBytes(data);
      pictures.insertOne(raw(Documents.withBinary(i, data)));
    }
    server.command(database, "{create: 'nothing'}");
    server.command(
        database, "{createIndexes: 'orders', indexes: [{key: {total: -1}, name: 'by total'}]}");
    server.command(
        database,
        "{createIndexes: 'orders', indexes:"
            + " [{key: {seen: 1}, name: 'seen', expireAfterSeconds: 9999999}]}");
    String uri = MongoTests.option(server.uri(database), "partition-size=1");
    return new ExtractorSample(
        uri,
        PasswordSource.NONE,
        Map.of(
            DatasetName.of(database, "orders"), (long) ORDERS,
            DatasetName.of(database, "pictures"), 4L,
            DatasetName.of(database, "nothing"), 0L),
        Optional.of(
            new ExtractorSample.Condition(
                DatasetName.of(database, "orders"), "{\"_id\": {\"$gte\": 10, \"$lt\": 24}}", 2)),
        List.of(
            MongoTests.option("mongodb://127.0.0.1:1/" + database, "serverSelectionTimeoutMS=300"),
            server.uri("no_such_database")));
  }

  private static void fill(MongoCollection<RawBsonDocument> collection, int count, Random random) {
    List<RawBsonDocument> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(order(7L * i, random));
      if (some.size() == 1000) {
        collection.insertMany(some);
        some.clear();
      }
    }
  }

  private static RawBsonDocument order(long id, Random random) {
    return RawBsonDocument.parse(
        "{_id: {$numberLong: '%d'}, total: %s, note: '%s', at: {x: %d, deep: [null, true]}}"
            .formatted(
                id,
                random.nextGaussian(),
                "bar-tailed ".repeat(random.nextInt(20)),
                random.nextInt()));
  }

  private static RawBsonDocument raw(Bytes document) {
    return new RawBsonDocument(document.array());
  }
}
