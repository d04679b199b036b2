package dev.godwit.mapping.keyvalue;

import dev.godwit.spi.dataset.Dataset;
import java.time.Instant;
import java.util.Optional;

/**
 * What is wanted of the keys that records of one dataset become.
 *
 * @param name of the dataset in the target, its last part
 * @param template how the keys are made; empty for the one that goes by default
 * @param expires when all of them expire; empty for never
 * @param kept the form of documents that were made of keys, which they become again where no
 *     template is wanted; empty where they were not
 */
public record Keying(
    String name,
    Optional<KeyTemplate> template,
    Optional<Instant> expires,
    Optional<KeptForm> kept) {
  /** Of records that were no keys, or none that need be asked about. */
  public Keying(String name, Optional<KeyTemplate> template, Optional<Instant> expires) {
    this(name, template, expires, Optional.empty());
  }

  /** What goes by default. */
  public static Keying byDefault(Dataset dataset) {
    return new Keying(dataset.name().last(), Optional.empty(), Optional.empty());
  }
}
