package dev.godwit.loader.mongodb;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import dev.godwit.extractor.mongodb.schema.Collections;
import dev.godwit.extractor.mongodb.schema.Kinds;
import dev.godwit.extractor.mongodb.schema.ListedCollection;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Makes the collections of a plan, with all options but those that would delete documents. */
final class Preparation {
  private static final int NAMESPACE_EXISTS = 48;

  /** The seconds after which documents of a whole collection expire. */
  static final String EXPIRY = "expireAfterSeconds";

  private final Target target;
  private final Cancellation cancellation;
  private final List<String> notes = new ArrayList<>();
  private final Map<DatasetName, BsonDocument> special = new TreeMap<>();

  Preparation(Target target, Cancellation cancellation) {
    this.target = target;
    this.cancellation = cancellation;
  }

  /** Makes all collections that are not there. */
  void makeAll(Stream<SchemaObject> objects) {
    Map<String, BsonDocument> made = new HashMap<>();
    objects
        .filter(object -> object.kind().equals(Kinds.COLLECTION))
        .forEach(
            object -> {
              cancellation.check();
              BsonDocument command = command(object);
              if (command.size() > 1) {
                special.put(object.name(), command);
                made.put(command.getString("create").getValue(), command);
              }
              make(object.name(), command);
            });
    if (!made.isEmpty()) {
      verify(made);
    }
    long validated = special.values().stream().filter(c -> c.containsKey("validator")).count();
    if (validated > 0) {
      notes.add(
          "documents were written without being validated, as the backup has them; collections"
              + " with a validator: "
              + validated);
    }
  }

  /** Makes a collection without options, which no definition tells of. */
  void makePlain(DatasetName name) {
    make(name, new BsonDocument("create", new BsonString(target.collection(name))));
  }

  private BsonDocument command(SchemaObject object) {
    BsonDocument command =
        new BsonDocument("create", new BsonString(target.collection(object.name())));
    Kinds.document(object)
        .forEach(
            (key, value) -> {
              boolean said = key.equals("autoIndexId") && value.equals(BsonBoolean.TRUE);
              if (!key.equals("create") && !said) {
                command.append(key, value);
              }
            });
    return command;
  }

  private void make(DatasetName name, BsonDocument command) {
    BsonDocument lasting = new BsonDocument();
    command.forEach(
        (key, value) -> {
          if (!key.equals(EXPIRY)) {
            lasting.append(key, value);
          }
        });
    try {
      var ignored = target.server().command(target.database(), lasting);
    } catch (MongoCommandException e) {
      if (e.getErrorCode() != NAMESPACE_EXISTS) {
        throw target.server().failures().of("cannot make collection " + target.display(name), e);
      }
    } catch (MongoException e) {
      throw target.server().failures().of("cannot make collection " + target.display(name), e);
    }
  }

  /** Some servers take an option and do nothing with it. */
  private void verify(Map<String, BsonDocument> made) {
    Map<String, ListedCollection> there =
        Collections.of(target.server(), target.database()).stream()
            .collect(Collectors.toMap(ListedCollection::name, Function.identity()));
    made.forEach(
        (name, command) -> {
          ListedCollection found = there.get(name);
          boolean series = command.containsKey("timeseries");
          if (series && (found == null || found.kind() != ListedCollection.Kind.TIME_SERIES)) {
            throw new GodwitException(
                ExitCode.FAILED,
                "the server made no time series of " + target.database() + "." + name,
                "load into MongoDB 5.0 or newer, or leave it out with --exclude");
          }
          List<String> missing =
              command.keySet().stream()
                  .filter(key -> !key.equals("create") && !key.equals("idIndex"))
                  .filter(key -> !key.equals(EXPIRY))
                  .filter(key -> found == null || !found.options().containsKey(key))
                  .toList();
          if (!missing.isEmpty()) {
            notes.add(
                "the server made collection " + name + " without " + String.join(", ", missing));
          }
        });
  }

  /** The command that makes a collection; empty where it has no options. */
  BsonDocument command(DatasetName name) {
    return special.getOrDefault(name, new BsonDocument());
  }

  /** Whether documents are to be written in their order, by one writer. */
  boolean inOrder(DatasetName name) {
    return inOrder(command(name));
  }

  private static boolean inOrder(BsonDocument create) {
    return create.containsKey("timeseries") || BsonBoolean.TRUE.equals(create.get("capped"));
  }

  /** Whether documents that were written already are found again by their {@code _id}. */
  boolean byId(DatasetName name) {
    return byId(command(name));
  }

  /** The same of a collection that a command makes. */
  static boolean byId(BsonDocument create) {
    return !inOrder(create) && hasIdIndex(create);
  }

  private static boolean hasIdIndex(BsonDocument create) {
    return !BsonBoolean.FALSE.equals(create.get("autoIndexId"));
  }

  /** Empties a collection whose documents cannot be told apart, by making it anew. */
  void makeAnew(DatasetName name) {
    try {
      target.open(name).drop();
    } catch (MongoException e) {
      throw target.server().failures().of("cannot empty " + target.display(name), e);
    }
    make(name, special.get(name));
  }

  /** The collections whose documents expire, and after how many seconds. */
  Map<DatasetName, BsonValue> expiries() {
    Map<DatasetName, BsonValue> found = new TreeMap<>();
    special.forEach(
        (name, command) -> {
          if (command.containsKey(EXPIRY)) {
            found.put(name, command.get(EXPIRY));
          }
        });
    return found;
  }

  /** What a person should know of it. */
  List<String> notes() {
    return notes;
  }
}
