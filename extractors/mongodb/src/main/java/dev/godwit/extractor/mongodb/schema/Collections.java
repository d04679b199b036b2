package dev.godwit.extractor.mongodb.schema;

import com.mongodb.MongoException;
import dev.godwit.extractor.mongodb.session.MongoConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** The collections and views of a database. */
public final class Collections {
  /** Where a load notes what it has done; it is gone once the load is complete. */
  public static final String LEDGER = "_godwit";

  private Collections() {}

  /** Lists those of users, in the order of their names. */
  public static List<ListedCollection> of(MongoConnection server, String database) {
    return ofUsers(all(server, database));
  }

  /** Lists all of them, in the order of their names. */
  public static List<ListedCollection> all(MongoConnection server, String database) {
    return list(server, database, new BsonDocument());
  }

  /** Finds the one of a name, without a list of all. */
  public static Optional<ListedCollection> find(
      MongoConnection server, String database, String name) {
    BsonDocument named = new BsonDocument("name", new BsonString(name));
    return list(server, database, named).stream()
        .filter(collection -> collection.name().equals(name)) // some servers know no filter
        .findFirst();
  }

  private static List<ListedCollection> list(
      MongoConnection server, String database, BsonDocument filter) {
    try {
      List<ListedCollection> found = new ArrayList<>();
      for (BsonDocument listed :
          server.database(database).listCollections(BsonDocument.class).filter(filter)) {
        found.add(new ListedCollection(listed));
      }
      found.sort(Comparator.comparing(ListedCollection::name));
      return found;
    } catch (MongoException e) {
      throw server.failures().of("cannot list the collections of '" + database + "'", e);
    }
  }

  /**
   * Those without the ledger and the server's own: all of {@code system.} but {@code system.js},
   * which holds functions of users.
   */
  public static List<ListedCollection> ofUsers(List<ListedCollection> all) {
    return all.stream().filter(collection -> isUsers(collection.name())).toList();
  }

  /** Whether a load into their database was begun and has not come to its end. */
  public static boolean holdUnfinishedLoad(List<ListedCollection> all) {
    return all.stream().anyMatch(collection -> collection.name().equals(LEDGER));
  }

  private static boolean isUsers(String name) {
    return !name.equals(LEDGER) && (!name.startsWith("system.") || name.equals("system.js"));
  }
}
