/**
 * Writes Memcached: each key to the server that clients will ask for it, by meta set in quiet
 * pipelines.
 *
 * <p>A cache has nowhere to keep a ledger that it would not forget, so a load is not gone on with:
 * it is begun anew.
 */
package dev.godwit.loader.memcached;
