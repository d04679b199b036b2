package dev.godwit.mapping.keyvalue;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a record has beside its key and its value.
 *
 * @param type of the value
 * @param expires in milliseconds since 1970; empty for never
 * @param flags the number that clients of Memcached give an item; empty where there is none
 */
record KeyHead(KeyType type, OptionalLong expires, OptionalLong flags) {
  /**
   * What all records share that are made alike.
   *
   * @param word of the type
   */
  static KeyHead of(String word, Optional<Instant> expires) {
    return new KeyHead(
        KeyType.of(word).orElseThrow(),
        expires.map(time -> OptionalLong.of(time.toEpochMilli())).orElse(OptionalLong.empty()),
        OptionalLong.empty());
  }
}
