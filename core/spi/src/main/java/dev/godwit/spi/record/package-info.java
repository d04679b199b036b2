/**
 * Records as Apache Arrow: batches, the types that Arrow has no standard for, and the two kinds of
 * value that do not stay in their column, misfits and large values.
 */
package dev.godwit.spi.record;
