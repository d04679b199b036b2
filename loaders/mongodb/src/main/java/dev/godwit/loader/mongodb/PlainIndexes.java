package dev.godwit.loader.mongodb;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Dataset.Index;
import dev.godwit.spi.dataset.Dataset.Reference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * The indexes of a collection whose dataset another engine described. A reference, which a document
 * store does not keep, becomes a plain index on the fields that refer, unless one begins with them.
 *
 * <p>SQL takes any number of equal rows into a unique index where a column of them is null. A
 * sparse index would not do: it leaves out what has none of its fields, and a field that holds null
 * is there. So the index is partial, over documents in which each field has a value of some type.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/core/index-partial/">Partial indexes</a>
 */
final class PlainIndexes {
  /** A server takes 64 indexes on a collection, the one on {@code _id} included. */
  private static final int MOST = 63;

  private static final String ID = "_id";

  /** Every type but null and undefined. */
  private static final BsonArray ANY_VALUE =
      new BsonArray(
          Stream.of(
                  "double",
                  "string",
                  "object",
                  "array",
                  "binData",
                  "objectId",
                  "bool",
                  "date",
                  "regex",
                  "int",
                  "timestamp",
                  "long",
                  "decimal")
              .map(BsonString::new)
              .toList());

  private PlainIndexes() {}

  /**
   * The indexes, as {@code createIndexes} takes them.
   *
   * @param leftOut hears of those beyond what a server takes
   */
  static List<BsonDocument> of(Dataset dataset, java.util.function.Consumer<String> leftOut) {
    Map<List<String>, Index> byFields = new LinkedHashMap<>();
    byFields.put(List.of(ID), new Index("_id_", List.of(ID), true)); // is there already
    dataset.indexes().stream()
        .sorted(Comparator.comparing(Index::unique).reversed())
        .forEach(index -> byFields.putIfAbsent(index.columns(), index));
    for (Reference reference : dataset.references()) {
      List<String> fields = reference.columns();
      boolean there =
          byFields.keySet().stream()
              .anyMatch(
                  f -> f.size() >= fields.size() && f.subList(0, fields.size()).equals(fields));
      if (!there) {
        byFields.put(fields, new Index(reference.name(), fields, false));
      }
    }
    byFields.remove(List.of(ID));
    List<Index> all = List.copyOf(byFields.values());
    all.stream().skip(MOST).map(Index::name).forEach(leftOut);
    Set<String> names = new HashSet<>(Set.of("_id_"));
    List<BsonDocument> commands = new ArrayList<>();
    all.stream()
        .limit(MOST)
        .forEach(index -> commands.add(command(index, free(index.name(), names), dataset)));
    return commands;
  }

  private static String free(String name, Set<String> names) {
    String free = name;
    for (int more = 2; !names.add(free); more++) {
      free = name + "_" + more;
    }
    return free;
  }

  private static BsonDocument command(Index index, String name, Dataset dataset) {
    BsonDocument key = new BsonDocument();
    BsonDocument filter = new BsonDocument();
    for (String field : index.columns()) {
      key.append(field, new BsonInt32(1));
      boolean ofKey = field.equals(ID) || field.startsWith(ID + ".");
      if (!ofKey && !dataset.required().contains(field)) {
        filter.append(field, new BsonDocument("$type", ANY_VALUE));
      }
    }
    BsonDocument command = new BsonDocument("key", key).append("name", new BsonString(name));
    if (index.unique()) {
      command.append("unique", BsonBoolean.TRUE);
      if (!filter.isEmpty()) {
        command.append("partialFilterExpression", filter);
      }
    }
    return command;
  }

  /** The same index for documents that are not unique in it. */
  static BsonDocument notUnique(BsonDocument index) {
    return new BsonDocument("key", index.get("key")).append("name", index.get("name"));
  }
}
