package dev.godwit.extractor.mongodb.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** The views of a database, each after those that it reads. */
final class Views {
  private final Map<String, ListedCollection> views = new LinkedHashMap<>();
  private final Set<String> collections = new LinkedHashSet<>();

  Views(List<ListedCollection> listed) {
    for (ListedCollection one : listed) {
      if (one.kind() == ListedCollection.Kind.VIEW) {
        views.put(one.name(), one);
      } else {
        collections.add(one.name());
      }
    }
  }

  /** The views in order. */
  List<ListedCollection> inOrder() {
    Set<String> done = new LinkedHashSet<>();
    views.keySet().forEach(name -> visit(name, done, new LinkedHashSet<>()));
    List<ListedCollection> ordered = new ArrayList<>();
    done.forEach(name -> ordered.add(views.get(name)));
    return ordered;
  }

  private void visit(String name, Set<String> done, Set<String> above) {
    if (done.contains(name) || !above.add(name)) {
      return;
    }
    viewsReadBy(views.get(name)).forEach(read -> visit(read, done, above));
    done.add(name);
  }

  /** The views that a view reads. */
  Set<String> viewsReadBy(ListedCollection view) {
    Set<String> read = reads(view);
    read.retainAll(views.keySet());
    return read;
  }

  /** The collections that a view reads, also through other views. */
  Set<String> collectionsBelow(ListedCollection view) {
    Set<String> met = new LinkedHashSet<>();
    List<String> left = new ArrayList<>(reads(view));
    while (!left.isEmpty()) {
      String name = left.remove(left.size() - 1);
      if (met.add(name) && views.containsKey(name)) {
        left.addAll(reads(views.get(name)));
      }
    }
    met.retainAll(collections);
    return met;
  }

  private static Set<String> reads(ListedCollection view) {
    Set<String> read = new LinkedHashSet<>();
    BsonDocument options = view.options();
    add(options.get("viewOn"), read);
    search(options.get("pipeline"), read);
    return read;
  }

  private static void search(BsonValue value, Set<String> read) {
    if (value != null && value.isArray()) {
      value.asArray().forEach(one -> search(one, read));
    } else if (value != null && value.isDocument()) {
      value
          .asDocument()
          .forEach(
              (key, below) -> {
                if (below.isDocument() && (key.equals("$lookup") || key.equals("$graphLookup"))) {
                  add(below.asDocument().get("from"), read);
                } else if (key.equals("$unionWith")) {
                  add(below.isDocument() ? below.asDocument().get("coll") : below, read);
                }
                search(below, read);
              });
    }
  }

  private static void add(BsonValue name, Set<String> read) {
    if (name instanceof BsonString text) {
      read.add(text.getValue());
    }
  }
}
