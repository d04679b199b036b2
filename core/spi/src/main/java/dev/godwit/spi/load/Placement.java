package dev.godwit.spi.load;

import org.apache.arrow.vector.types.pojo.Field;

/**
 * How a target holds the values of a field of another engine.
 *
 * @param field the field as the loader wants it: its Arrow type is the one the values are to come
 *     in, its native type ({@link dev.godwit.spi.record.Fields#NATIVE}) the target's own
 * @param fidelity whether every value comes through
 * @param note what is lost or changed, for people; empty where nothing is
 */
public record Placement(Field field, Fidelity fidelity, String note) {

  /** Whether the values of a field come through. */
  public enum Fidelity {
    /** Every value, in a type that holds just these. */
    EXACT,
    /** Every value, in a type that holds others too. */
    WIDER,
    /** Not every value; which ones is found value by value. */
    LOSSY
  }
}
