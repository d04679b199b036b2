package dev.godwit.extractor.mongodb.read;

import dev.godwit.extractor.mongodb.schema.ListedCollection;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.DatasetPattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.json.JsonParseException;

/** The collections that a filter takes, and the conditions on their documents. */
final class Selection {
  private final String database;
  private final DatasetFilter filter;
  private final Map<DatasetName, ListedCollection> taken = new TreeMap<>();

  /**
   * Applies a filter.
   *
   * @throws GodwitException {@code USAGE} where it matches nothing, chooses columns, or has a
   *     condition that is no query
   */
  Selection(String database, List<ListedCollection> listed, DatasetFilter filter) {
    this.database = database;
    this.filter = filter;
    List<ListedCollection> all =
        listed.stream().filter(c -> c.kind() != ListedCollection.Kind.VIEW).toList();
    for (ListedCollection collection : all) {
      if (filter.takes(name(collection))) {
        taken.put(name(collection), collection);
      }
    }
    filter.include().forEach(pattern -> check("--include", pattern, all));
    filter.where().forEach(where -> check("--where", where.dataset(), taken.values()));
    filter.where().forEach(where -> query(where.condition()));
    filter.refuseOverruled(taken.keySet().stream().map(List::of));
    if (!filter.columns().isEmpty()) {
      throw new GodwitException(
          ExitCode.USAGE, "documents have no columns to choose from", "leave --columns out");
    }
    if (taken.isEmpty() && !filter.takesAll()) {
      throw new GodwitException(
          ExitCode.USAGE,
          "the filter '" + filter.scope() + "' leaves no collection",
          "every collection that --include takes is left out by --exclude");
    }
  }

  private void check(String flag, DatasetPattern pattern, Iterable<ListedCollection> collections) {
    for (ListedCollection collection : collections) {
      if (pattern.matches(name(collection))) {
        return;
      }
    }
    throw new GodwitException(
        ExitCode.USAGE,
        flag + " " + pattern + " matches no collection",
        "names are database.collection; a name that holds a dot is quoted: '\"fs.files\"'");
  }

  private static BsonDocument query(String condition) {
    try {
      return BsonDocument.parse(condition);
    } catch (JsonParseException | BsonInvalidOperationException e) {
      throw new GodwitException(
          ExitCode.USAGE,
          "--where is not understood: " + condition.lines().findFirst().orElse(""),
          "write a query in Extended JSON, such as orders={\"total\": {\"$gt\": 100}}",
          e);
    }
  }

  /** What the collection is called among datasets. */
  DatasetName name(ListedCollection collection) {
    return DatasetName.of(database, collection.name());
  }

  /** The collections that are taken, by name. */
  Map<DatasetName, ListedCollection> taken() {
    return taken;
  }

  /** The query that a collection's documents must fit. */
  Optional<BsonDocument> condition(DatasetName name) {
    return filter.conditionFor(name).map(Selection::query);
  }

  /** Whether the whole database is taken. */
  boolean whole() {
    return filter.include().isEmpty() && filter.exclude().isEmpty();
  }
}
