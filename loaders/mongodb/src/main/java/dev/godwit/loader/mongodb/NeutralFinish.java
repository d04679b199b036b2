package dev.godwit.loader.mongodb;

import com.mongodb.MongoException;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;

/** The indexes of collections that another engine described. Safe for many threads. */
final class NeutralFinish {
  private static final int DUPLICATE_KEY = 11000;

  private final Target target;
  private final AtomicLong references = new AtomicLong();
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

  NeutralFinish(Target target) {
    this.target = target;
  }

  /** What a person should know of it. */
  List<String> notes() {
    List<String> all = new ArrayList<>();
    if (references.get() > 0) {
      all.add(
          "a document store keeps no references: "
              + references.get()
              + (references.get() == 1 ? " became an index" : " became indexes"));
    }
    synchronized (notes) {
      all.addAll(notes);
    }
    return all;
  }

  /** The work for each collection that has any. */
  Map<DatasetName, Runnable> work(LoadPlan plan) {
    Map<DatasetName, Runnable> work = new LinkedHashMap<>();
    try (Stream<Dataset> datasets = plan.catalogue().datasets()) {
      datasets.forEach(
          dataset -> {
            references.addAndGet(dataset.references().size());
            List<BsonDocument> indexes =
                PlainIndexes.of(
                    dataset,
                    name ->
                        notes.add(
                            "index %s of %s was left out: a collection has 64 at most"
                                .formatted(name, dataset.name())));
            if (!indexes.isEmpty()) {
              work.put(dataset.name(), () -> make(dataset.name(), indexes));
            }
          });
    }
    return work;
  }

  /** All in one go over the collection; one by one where one of them refuses a document. */
  private void make(DatasetName name, List<BsonDocument> indexes) {
    try {
      create(name, indexes);
    } catch (MongoException e) {
      if (e.getCode() != DUPLICATE_KEY) {
        throw failed(name, e);
      }
      indexes.forEach(index -> makeOne(name, index));
    }
  }

  private void makeOne(DatasetName name, BsonDocument index) {
    try {
      create(name, List.of(index));
    } catch (MongoException e) {
      if (e.getCode() != DUPLICATE_KEY) {
        throw failed(name, e);
      }
      create(name, List.of(PlainIndexes.notUnique(index)));
      notes.add(
          "index %s of %s is not unique, because the server finds documents equal in it"
              .formatted(index.getString("name").getValue(), target.display(name)));
    }
  }

  private RuntimeException failed(DatasetName name, MongoException e) {
    return target.server().failures().of("cannot make the indexes of " + target.display(name), e);
  }

  private void create(DatasetName name, List<BsonDocument> indexes) {
    var ignored =
        target
            .server()
            .command(
                target.database(),
                new BsonDocument("createIndexes", new BsonString(target.collection(name)))
                    .append("indexes", new BsonArray(indexes)));
  }
}
