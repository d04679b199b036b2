/**
 * The bytes that Redis keeps values in: the payload of {@code DUMP} and the file that a replica is
 * sent. Every encoding that Redis 2.6 to 8 writes is read; what is read are typed values.
 *
 * <p>Sources of the rules: {@code rdb.h}, {@code rdb.c}, {@code listpack.c}, {@code ziplist.c} and
 * {@code t_stream.c} of Redis 7.4, and its document on the format of RDB files.
 */
package dev.godwit.extractor.redis.rdb;
