package dev.godwit.extractor.mongodb.schema;

import com.mongodb.MongoException;
import dev.godwit.extractor.mongodb.bson.Raw;
import dev.godwit.extractor.mongodb.session.MongoConnection;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.dataset.SchemaObject.Phase;
import dev.godwit.spi.name.DatasetName;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * The users and roles that are defined in a database. They are kept as they lie in {@code
 * admin.system.users} and {@code admin.system.roles}, passwords as salted keys (SCRAM) in the
 * definition's bytes alone: the text for people has none of it.
 */
final class Accounts {
  private static final Map<String, String> KINDS =
      new TreeMap<>(Map.of(Kinds.ROLE, "system.roles", Kinds.USER, "system.users"));

  private final MongoConnection server;
  private final String database;

  Accounts(MongoConnection server, String database) {
    this.server = server;
    this.database = database;
  }

  /** Roles, then users; a failure where the server does not show them. */
  Stream<SchemaObject> objects() {
    return KINDS.entrySet().stream().flatMap(kind -> objects(kind.getKey(), kind.getValue()));
  }

  private Stream<SchemaObject> objects(String kind, String collection) {
    BsonDocument ofDatabase = new BsonDocument("db", new BsonString(database));
    try {
      return server
          .collection("admin", collection)
          .find(ofDatabase)
          .into(new java.util.ArrayList<>())
          .stream()
          .map(raw -> object(kind, raw));
    } catch (MongoException e) {
      throw server.failures().of("cannot read the " + kind + "s of '" + database + "'", e);
    }
  }

  private SchemaObject object(String kind, BsonDocument raw) {
    DatasetName name = DatasetName.of(database, raw.getString(kind).getValue());
    BsonDocument shown = new BsonDocument(kind, raw.getString(kind));
    for (String key : List.of("privileges", "roles", "authenticationRestrictions")) {
      if (raw.containsKey(key)) {
        shown.append(key, raw.get(key));
      }
    }
    return new SchemaObject(
        kind + ":" + name,
        kind,
        name,
        Raw.json(shown),
        List.of(),
        Phase.LAST,
        List.of(),
        Kinds.keeping(raw));
  }

  /** How many there are, as far as the server tells. */
  SortedMap<String, Long> count() {
    SortedMap<String, Long> counted = new TreeMap<>();
    count("usersInfo", "users", counted);
    count("rolesInfo", "roles", counted);
    return counted;
  }

  private void count(String command, String what, SortedMap<String, Long> counted) {
    BsonString here = new BsonString(database);
    long number =
        server.ask(database, new BsonDocument(command, new BsonInt32(1))).stream()
            .flatMap(answer -> answer.getArray(what, new BsonArray()).stream())
            .filter(one -> one.isDocument() && here.equals(one.asDocument().get("db")))
            .count();
    if (number > 0) {
      counted.put(what, number);
    }
  }
}
