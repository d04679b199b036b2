/**
 * Reads Memcached. The cache is one dataset, {@code items}; each server that the URI names is a
 * partition of it. Servers have no identity of their own, so a source is known by hosts and ports.
 */
package dev.godwit.extractor.memcached;
