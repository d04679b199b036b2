package dev.godwit.loader.memcached.placement;

/** Says on which of several servers a key lies. Safe for use by many threads. */
@FunctionalInterface
public interface Placement {
  /** The place of the server in the list of servers, from 0. */
  int of(byte[] key);
}
