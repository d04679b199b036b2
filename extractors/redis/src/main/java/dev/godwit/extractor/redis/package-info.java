/**
 * Reads Redis and Valkey. A database of a server is a dataset, {@code db0} and so on; the server is
 * one source, since a replica is shown all of its databases at one instant. What a record looks
 * like and why, the package {@code value} says.
 */
package dev.godwit.extractor.redis;
