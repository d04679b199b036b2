package dev.godwit.loader.mongodb;

import com.mongodb.client.MongoCollection;
import dev.godwit.extractor.mongodb.session.MongoConnection;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.Renames;
import org.bson.RawBsonDocument;

/**
 * Where a plan is loaded to: the database that the URI names, else one of the source's name.
 *
 * @param server the server
 * @param database the database, which is made by the first collection in it
 * @param renames what collections are called there
 */
record Target(MongoConnection server, String database, Renames renames) {

  /** The target of a plan; a plan without collections has the name of its source's database. */
  static Target of(MongoConnection server, LoadPlan plan) {
    String database = server.path();
    if (database.isEmpty()) {
      try (var datasets = plan.catalogue().datasets()) {
        database =
            datasets
                .findFirst()
                .map(dataset -> plan.renames().of(dataset.name()).parts().get(0))
                .orElse("restored");
      }
    }
    return new Target(server, database, plan.renames());
  }

  /** What a collection of the source is called here. */
  String collection(DatasetName name) {
    return renames.of(name).last();
  }

  /** A collection of the source, here. */
  MongoCollection<RawBsonDocument> open(DatasetName name) {
    return server.collection(database, collection(name));
  }

  /** The name of a collection, for people. */
  String display(DatasetName name) {
    return database + "." + collection(name);
  }
}
