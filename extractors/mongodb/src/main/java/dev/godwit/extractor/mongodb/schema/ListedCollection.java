package dev.godwit.extractor.mongodb.schema;

import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * A collection or a view as {@code listCollections} shows it.
 *
 * @param listed the whole entry
 */
public record ListedCollection(BsonDocument listed) {
  /** What a collection is to whoever reads and loads it. */
  public enum Kind {
    /** Documents in no order of their own, each under its {@code _id}. */
    ORDINARY("collection"),
    /** Documents in the order of their insertion. */
    CAPPED("capped collection"),
    /** Measurements, kept in buckets that nobody sees. */
    TIME_SERIES("time series"),
    /** A stored query. */
    VIEW("view");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** In lower case, such as {@code time series}. */
    public String word() {
      return word;
    }
  }

  /** Its name in its database. */
  public String name() {
    return listed.getString("name").getValue();
  }

  /** How it was made. */
  public BsonDocument options() {
    return listed.getDocument("options", new BsonDocument());
  }

  /** What it is. */
  public Kind kind() {
    String type = listed.getString("type", new BsonString("collection")).getValue();
    if (type.equals("view")) {
      return Kind.VIEW;
    } else if (type.equals("timeseries")) {
      return Kind.TIME_SERIES;
    }
    BsonValue capped = options().get("capped", BsonBoolean.FALSE);
    return capped.isBoolean() && capped.asBoolean().getValue() ? Kind.CAPPED : Kind.ORDINARY;
  }

  /** Whether its documents can be read in the order of their {@code _id}, and divided by it. */
  public boolean orderedById() {
    BsonValue indexed = options().get("autoIndexId", BsonBoolean.TRUE);
    boolean hasIndex = !indexed.isBoolean() || indexed.asBoolean().getValue();
    return kind() == Kind.ORDINARY && hasIndex;
  }

  /** Its own id, another once it was dropped and made again; its name where there is none. */
  public String identity() {
    BsonValue uuid = listed.getDocument("info", new BsonDocument()).get("uuid");
    return uuid instanceof BsonBinary binary
        ? java.util.HexFormat.of().formatHex(binary.getData())
        : name();
  }
}
