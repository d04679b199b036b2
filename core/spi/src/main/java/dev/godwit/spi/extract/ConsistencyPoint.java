package dev.godwit.spi.extract;

/**
 * The instant that a run shows.
 *
 * @param guarantee what was reached, never more
 * @param token the engine's own mark of the instant (a snapshot, a cluster time, an SCN), for
 *     people; may be empty
 */
public record ConsistencyPoint(Guarantee guarantee, String token) {
  /** How far the records of a run belong together. */
  public enum Guarantee {
    /** Every partition shows the same instant. */
    SNAPSHOT,
    /** Each partition shows an instant of its own. */
    PER_PARTITION,
    /** Records may come from different moments, and one that moved may be met twice or never. */
    FUZZY
  }
}
