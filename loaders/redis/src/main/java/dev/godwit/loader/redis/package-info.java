/**
 * Writes Redis and Valkey. A dataset is a database of the server, {@code db0} and so on. How a key
 * is written, the package {@code write} says.
 */
package dev.godwit.loader.redis;
