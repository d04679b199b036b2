package dev.godwit.loader.mongodb;

import com.mongodb.MongoException;
import dev.godwit.extractor.mongodb.schema.Collections;
import dev.godwit.extractor.mongodb.schema.ListedCollection;
import dev.godwit.extractor.mongodb.schema.ListedCollection.Kind;
import dev.godwit.spi.load.Loader.Obstacle;
import dev.godwit.spi.name.DatasetName;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is in the target already, where a load may go beside it. Documents that are told apart by
 * their {@code _id} may; into a capped collection each would push another out, and measurements, or
 * documents without an index of {@code _id}, would be there twice.
 */
final class Neighbours {
  private final Target target;
  private final Map<String, ListedCollection> there;

  Neighbours(Target target) {
    this.target = target;
    this.there =
        Collections.of(target.server(), target.database()).stream()
            .collect(Collectors.toMap(ListedCollection::name, Function.identity()));
  }

  /**
   * What keeps documents from going into the collection of their name.
   *
   * @param kind what they come from, in the word of its {@link Kind}
   * @param byId whether a load that is resumed finds its documents again by their {@code _id}
   */
  Optional<Obstacle> inTheWayOf(DatasetName name, String kind, boolean byId) {
    ListedCollection found = there.get(target.collection(name));
    if (found == null) {
      return Optional.empty();
    }
    if (!found.kind().word().equals(kind)) {
      return Optional.of(anotherKind(name, kind, found));
    }
    if ((byId && found.orderedById()) || isEmpty(name)) {
      return Optional.empty();
    }
    String what = kind.equals(Kind.ORDINARY.word()) ? "collection without an index of _id" : kind;
    return Optional.of(
        new Obstacle(
            target.display(name)
                + " holds documents, and none can be put beside those of a "
                + what,
            "drop it first, leave it out with --exclude, or give it another name with --rename"));
  }

  /** What keeps a view from being made. */
  Optional<Obstacle> inTheWayOfView(DatasetName name) {
    return Optional.ofNullable(there.get(target.collection(name)))
        .filter(found -> found.kind() != Kind.VIEW)
        .map(found -> anotherKind(name, Kind.VIEW.word(), found));
  }

  private Obstacle anotherKind(DatasetName name, String kind, ListedCollection found) {
    return new Obstacle(
        "%s is a %s there, and a %s here"
            .formatted(target.display(name), found.kind().word(), kind),
        "drop it first, leave it out with --exclude, or give it another name with --rename");
  }

  private boolean isEmpty(DatasetName name) {
    try {
      return target.open(name).find().limit(1).first() == null;
    } catch (MongoException e) {
      throw target.server().failures().of("cannot look into " + target.display(name), e);
    }
  }
}
