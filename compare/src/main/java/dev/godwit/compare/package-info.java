/**
 * Compares what two runs show, of stores or of vaults' snapshots, of one kind or of two.
 *
 * <p>Pass one reads both sides in parallel, each by its own partitions. Each row goes into a bucket
 * by the hash of its key: a bucket holds how many rows it met and the sum of their hashes modulo
 * 2^128, in the encoding of {@link dev.godwit.transfer.hash}. A sum and never an exclusive or, in
 * which two equal rows would cancel each other out. Where the buckets of both sides are equal, so
 * are their rows.
 *
 * <p>Pass two reads again and looks only at rows of buckets that differ. A row that both sides have
 * goes as soon as it was met on both; what is left at the end are the differences. Where more is
 * left than memory takes, the pass narrows itself to a range of hashes, and is gone through again
 * for the ranges that follow.
 */
package dev.godwit.compare;
