package dev.godwit.extractor.postgresql.schema;

/**
 * A table, type or sequence of its own: what others can depend on.
 *
 * @param kind what it is
 * @param oid its id in its own catalogue (pg_class or pg_type)
 * @param schema the schema that it is in
 * @param name its name
 * @param quoted both, quoted as the server does where they need it
 */
record ObjectNode(Kind kind, int oid, String schema, String name, String quoted) {
  /** What can be depended on, in the order in which it is made where nothing else decides. */
  enum Kind {
    SEQUENCE("sequence"),
    ENUM("type"),
    COMPOSITE("type"),
    DOMAIN("type"),
    RANGE("type"),
    TABLE("table");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As a definition's kind says it. */
    String word() {
      return word;
    }

    boolean isType() {
      return this != SEQUENCE && this != TABLE;
    }
  }

  /** The id of its definition. */
  String id() {
    return kind.word() + ":" + quoted;
  }

  /** Ids are unique only within a catalogue: this one is unique over both. */
  long key() {
    return key(kind.isType(), oid);
  }

  static long key(boolean type, int oid) {
    return (type ? 1L << 32 : 0) | Integer.toUnsignedLong(oid);
  }
}
