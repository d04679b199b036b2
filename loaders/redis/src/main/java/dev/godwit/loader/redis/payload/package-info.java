/**
 * Payloads for {@code RESTORE}, made from the typed form of values.
 *
 * <p>They are in the plain encodings that every server since Redis 5 takes: it turns them into
 * those that it prefers by its own settings. Each has the lowest version of the format that knows
 * its type, since a server refuses a version newer than its own. Sources of the rules: {@code
 * rdb.h}, {@code rdb.c}, {@code listpack.c} and {@code t_stream.c} of Redis 5 to 7.2.
 */
package dev.godwit.loader.redis.payload;
