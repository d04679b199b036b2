package dev.godwit.extractor.mongodb.read;

import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;

/**
 * The types that an {@code _id} can be of, in the order in which the server sorts them. A server
 * compares by {@code $gte} and {@code $lt} within one bracket only, so a range over several is read
 * bracket by bracket.
 *
 * @see <a
 *     href="https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/">Comparison
 *     and Sort Order</a>
 */
enum Bracket {
  MIN_KEY("{$type: -1}", false),
  NULL("{$type: 10}", false),
  /** What is no number at all sorts before all numbers, and no comparison finds it. */
  NOT_A_NUMBER("{$eq: {$numberDouble: 'NaN'}}", false),
  NUMBER("{$gte: {$numberDouble: '-Infinity'}}", true),
  STRING("{$gte: ''}", true),
  DOCUMENT("{$gte: {}}", true),
  BINARY("{$gte: {$binary: {base64: '', subType: '00'}}}", true),
  OBJECT_ID("{$gte: {$oid: '000000000000000000000000'}}", true),
  BOOLEAN("{$gte: false}", false),
  DATE("{$gte: {$date: {$numberLong: '-9223372036854775808'}}}", true),
  TIMESTAMP("{$gte: {$timestamp: {t: 0, i: 0}}}", true),
  /** Pointers and code: not every server knows them, and one that does not holds none. */
  ODD("{$type: [12, 13, 15]}", false),
  MAX_KEY("{$type: 127}", false);

  private final String all;
  private final boolean divides;

  Bracket(String all, boolean divides) {
    this.all = all;
    this.divides = divides;
  }

  /** The condition on {@code _id} that takes the whole bracket. */
  BsonDocument all() {
    return BsonDocument.parse(all);
  }

  /** Whether a range may begin in the middle of it. */
  boolean divides() {
    return divides;
  }

  /** The bracket of a value that a range may begin at; empty where none may. */
  static Optional<Bracket> ofMark(BsonValue value) {
    BsonType type = value.getBsonType();
    Bracket bracket =
        switch (type) {
          case DOUBLE -> Double.isNaN(value.asDouble().getValue()) ? null : NUMBER;
          case DECIMAL128 -> value.asDecimal128().getValue().isNaN() ? null : NUMBER;
          case INT32, INT64 -> NUMBER;
          case STRING -> STRING;
          case DOCUMENT -> DOCUMENT;
          case BINARY -> BINARY;
          case OBJECT_ID -> OBJECT_ID;
          case DATE_TIME -> DATE;
          case TIMESTAMP -> TIMESTAMP;
          default -> null;
        };
    return Optional.ofNullable(bracket);
  }
}
