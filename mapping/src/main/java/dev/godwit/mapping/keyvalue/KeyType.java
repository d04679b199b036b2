package dev.godwit.mapping.keyvalue;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types that the value of a key can be of. */
enum KeyType {
  STRING,
  LIST,
  SET,
  ZSET,
  HASH,
  STREAM,
  MODULE;

  private static final Map<String, KeyType> BY_WORD =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(KeyType::word, Function.identity()));

  /** The type of a word, if any is called so. */
  static Optional<KeyType> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  /** As the column of types has it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its values are bytes; those of all others are elements. */
  boolean isBytes() {
    return this == STRING || this == MODULE;
  }
}
