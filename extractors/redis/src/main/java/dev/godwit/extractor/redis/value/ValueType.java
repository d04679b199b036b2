package dev.godwit.extractor.redis.value;

import java.util.Optional;

/** The types of values. */
public enum ValueType {
  /** Bytes. */
  STRING("string"),
  /** Strings in an order. */
  LIST("list"),
  /** Strings, each once. */
  SET("set"),
  /** Strings with scores. */
  SORTED_SET("zset"),
  /** Fields with values. */
  HASH("hash"),
  /** A log of entries, and who has read them. */
  STREAM("stream"),
  /** What only a module understands. */
  MODULE("module");

  private final String word;

  ValueType(String word) {
    this.word = word;
  }

  /** As the command {@code TYPE} says it; {@code module} for all of modules. */
  public String word() {
    return word;
  }

  /** The type of a word; nothing for one that is none of these. */
  public static Optional<ValueType> of(String word) {
    for (ValueType type : values()) {
      if (type.word.equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
