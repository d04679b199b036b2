package dev.godwit.loader.mongodb;

import org.bson.BsonDocument;

/** Options of collections that older servers do not know, and which release brought them. */
enum NewerThing {
  TIME_SERIES("timeseries", "time series", "5.0", 13),
  CLUSTERED("clusteredIndex", "a clustered index", "5.3", 15),
  IMAGES("changeStreamPreAndPostImages", "images for change streams", "6.0", 17),
  ENCRYPTED("encryptedFields", "queryable encryption", "7.0", 21);

  private final String option;
  private final String words;
  private final String version;
  private final int wireVersion;

  NewerThing(String option, String words, String version, int wireVersion) {
    this.option = option;
    this.words = words;
    this.version = version;
    this.wireVersion = wireVersion;
  }

  boolean isIn(BsonDocument create) {
    return create.containsKey(option);
  }

  String words() {
    return words;
  }

  String version() {
    return version;
  }

  int wireVersion() {
    return wireVersion;
  }
}
