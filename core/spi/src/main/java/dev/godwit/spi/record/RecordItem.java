package dev.godwit.spi.record;

/** What readers hand to writers: batches, and ahead of a batch the large values of its rows. */
public sealed interface RecordItem permits RecordBatch, LargeValue {}
