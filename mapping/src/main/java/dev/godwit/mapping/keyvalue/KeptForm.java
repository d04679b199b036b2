package dev.godwit.mapping.keyvalue;

import java.util.Optional;

/**
 * What documents look like that were made of keys with values.
 *
 * @param flags whether they have flags, as items of Memcached do
 */
public record KeptForm(boolean flags) {
  /** The form of a document, in raw BSON; empty where it was made of no key. */
  public static Optional<KeptForm> of(byte[] bson) {
    KeptDocument document = new KeptDocument();
    try {
      document.read(bson, 0, bson.length);
      return Optional.of(new KeptForm(document.head().flags().isPresent()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // what it is else, its conversion finds out
    }
  }
}
