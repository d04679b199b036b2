package dev.godwit.loader.mongodb;

import com.mongodb.MongoException;
import dev.godwit.extractor.mongodb.schema.Collections;
import dev.godwit.extractor.mongodb.schema.ListedCollection;
import dev.godwit.extractor.mongodb.schema.ListedCollection.Kind;
import dev.godwit.loader.mongodb.LoadOptions.IfExists;
import java.util.Optional;
import java.util.function.Consumer;
import org.bson.BsonDocument;

/**
 * Makes views. One of the same name may be there: made by an earlier try that was killed before it
 * could note it, or by others, whose view stays or gives way as their documents do.
 */
final class ViewLoad {
  private final Target target;
  private final IfExists ifExists;
  private final Consumer<String> notes;

  ViewLoad(Target target, IfExists ifExists, Consumer<String> notes) {
    this.target = target;
    this.ifExists = ifExists;
    this.notes = notes;
  }

  /**
   * Makes a view.
   *
   * @param what it is called in a failure
   * @param create the command
   */
  void make(String what, BsonDocument create) {
    String name = create.getString("create").getValue();
    try {
      Optional<ListedCollection> found = find(name).filter(one -> one.kind() == Kind.VIEW);
      if (found.isPresent() && isMadeBy(create, found.get())) {
        return;
      } else if (found.isPresent() && ifExists == IfExists.KEEP) {
        notes.accept("view " + target.database() + "." + name + " is another one there, and stays");
        return;
      } else if (found.isPresent() && ifExists == IfExists.REPLACE) {
        target.server().collection(target.database(), name).drop();
      }
      var ignored = target.server().command(target.database(), create);
      verify(name);
    } catch (MongoException e) {
      throw target.server().failures().of("cannot make " + what, e);
    }
  }

  private Optional<ListedCollection> find(String name) {
    return Collections.find(target.server(), target.database(), name);
  }

  private static boolean isMadeBy(BsonDocument create, ListedCollection view) {
    BsonDocument options = new BsonDocument();
    create.forEach(options::append);
    options.remove("create");
    return options.equals(view.options());
  }

  /** Some servers take the command and make a collection, in which nothing would ever be. */
  private void verify(String name) {
    if (find(name).filter(one -> one.kind() == Kind.VIEW).isEmpty()) {
      target.server().collection(target.database(), name).drop();
      notes.accept("the server knows no views: " + name + " was left out");
    }
  }
}
