package dev.godwit.testkit.server.mongo;

import com.mongodb.MongoException;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** What not every server can do that speaks MongoDB's protocol. Each is tried, not believed. */
public enum Ability {
  /** Collections of a fixed size. */
  CAPPED("{create: 'made', capped: true, size: 100000}", "options.capped"),
  /** Stored queries. */
  VIEWS("{create: 'made', viewOn: 'other', pipeline: []}", "options.viewOn"),
  /** Rules that documents must fit. */
  VALIDATORS("{create: 'made', validator: {a: {$exists: true}}}", "options.validator"),
  /** Orders of text other than by its bytes. */
  COLLATIONS("{create: 'made', collation: {locale: 'de'}}", "options.collation"),
  /** Collections of measurements. */
  TIME_SERIES("{create: 'made', timeseries: {timeField: 't'}}", "options.timeseries"),
  /** Collections ordered by their {@code _id}. */
  CLUSTERED(
      "{create: 'made', clusteredIndex: {key: {_id: 1}, unique: true}}", "options.clusteredIndex"),
  /** One instant for all readers. */
  SNAPSHOTS("{find: 'made', readConcern: {level: 'snapshot'}}", "cursor.atClusterTime"),
  /** Finding documents by each type that a value can be of. */
  TYPES(
      "{insert: 'made', documents: [{}]}",
      "{find: 'made', filter: {_id: {$type: -1}}}",
      "cursor.firstBatch");

  private static final String CURSOR = "cursor.";
  private static final String OPTIONS = "options.";

  private final String given;
  private final String command;
  private final String shown;

  Ability(String command, String shown) {
    this("{ping: 1}", command, shown);
  }

  Ability(String given, String command, String shown) {
    this.given = given;
    this.command = command;
    this.shown = shown;
  }

  boolean isOf(MongoServer server) {
    String database = server.freeName();
    try {
      server.command(database, given);
      BsonDocument answer = server.command(database, command);
      if (shown.startsWith(CURSOR)) {
        return answer.getDocument("cursor").containsKey(shown.substring(CURSOR.length()));
      }
      BsonValue at =
          server
              .command(database, "{listCollections: 1, filter: {name: 'made'}}")
              .getDocument("cursor")
              .getArray("firstBatch")
              .get(0);
      return at.asDocument().getDocument("options").containsKey(shown.substring(OPTIONS.length()));
    } catch (MongoException e) {
      return false;
    } finally {
      server.database(database).drop();
    }
  }
}
