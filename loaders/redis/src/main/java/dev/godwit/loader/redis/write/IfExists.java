package dev.godwit.loader.redis.write;

/** What becomes of keys that are there. */
public enum IfExists {
  /**
   * The load is refused unless its databases are empty. What is met later under the name of a key,
   * the load itself wrote: an earlier try, or a source that shows a key twice. It is replaced.
   */
  FAIL,
  /** They stay; ours are written beside them. */
  KEEP,
  /** Ours take their place. */
  REPLACE
}
