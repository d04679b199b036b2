/**
 * What an item looks like as a record: the columns of {@link dev.godwit.spi.record.KeyValues}, of
 * which {@code type} is always {@code string} and {@code elements} always null, and after them
 * {@code flags}, the 32 bits that clients keep beside a value (most note there how they packed it).
 *
 * <p>The CAS number of an item is no column by default. The server counts it up with every write of
 * any item, so it says nothing about the item but when it was written last: a restored item has
 * another one, and a record with it would equal no other. {@code ?cas=true} asks for it all the
 * same, as a last column.
 */
package dev.godwit.extractor.memcached.value;
