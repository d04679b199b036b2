/**
 * Reading keys: as a replica, which shows one instant, or by {@code SCAN}, which does not.
 *
 * <p>{@code SCAN} meets every key that is there from its beginning to its end. A key that comes or
 * goes meanwhile may be met or not, and one that is there may be met again when the server's table
 * grows or shrinks: repetitions that lie close together are left out, others are harmless, since a
 * load puts each key in place of the one before. So the guarantee is FUZZY.
 */
package dev.godwit.extractor.redis.read;
