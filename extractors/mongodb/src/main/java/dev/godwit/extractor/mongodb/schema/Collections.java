package dev.godwit.extractor.mongodb.schema;

import com.mongodb.MongoException;
import dev.godwit.extractor.mongodb.session.MongoConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bson.BsonDocument;

/** The collections and views of a database, in the order of their names. */
public final class Collections {
  /** Where a load notes what it has done; it is gone once the load is complete. */
  public static final String LEDGER = "_godwit";

  private Collections() {}

  /**
   * Lists them, without those that are the server's own: all of {@code system.} but {@code
   * system.js}, which holds functions of users.
   */
  public static List<ListedCollection> of(MongoConnection server, String database) {
    try {
      List<ListedCollection> found = new ArrayList<>();
      for (BsonDocument listed : server.database(database).listCollections(BsonDocument.class)) {
        ListedCollection collection = new ListedCollection(listed);
        if (isUsers(collection.name())) {
          found.add(collection);
        }
      }
      found.sort(Comparator.comparing(ListedCollection::name));
      return found;
    } catch (MongoException e) {
      throw server.failures().of("cannot list the collections of '" + database + "'", e);
    }
  }

  /** Whether a load into a database was begun and has not come to its end. */
  public static boolean holdUnfinishedLoad(MongoConnection server, String database) {
    try {
      for (String name : server.database(database).listCollectionNames()) {
        if (name.equals(LEDGER)) {
          return true;
        }
      }
      return false;
    } catch (MongoException e) {
      throw server.failures().of("cannot list the collections of '" + database + "'", e);
    }
  }

  private static boolean isUsers(String name) {
    return !name.equals(LEDGER) && (!name.startsWith("system.") || name.equals("system.js"));
  }
}
