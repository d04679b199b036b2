/**
 * Reading: the keys by the crawler's dump, then their items by meta get.
 *
 * <p>The crawler goes through the server's hash table ({@code metadump hash}) and holds a bucket of
 * it while it waits for whoever reads the dump. So the dump is taken as fast as it comes and set
 * aside on disk, ordered by key, before the first item is asked for: read slowly, it would stop the
 * server. The other way of the crawler ({@code metadump all}) was seen to miss keys of a server at
 * rest.
 *
 * <p>Items that come after the dump are not met, and those that go before they are asked for are
 * counted. An item shows the moment at which it was asked for. So the guarantee is FUZZY.
 */
package dev.godwit.extractor.memcached.read;
