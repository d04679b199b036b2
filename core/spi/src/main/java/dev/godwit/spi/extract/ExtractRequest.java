package dev.godwit.spi.extract;

import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.store.Source;

/**
 * What is to be read.
 *
 * @param source one of the extractor's sources
 * @param filter which of its datasets, records and columns
 */
public record ExtractRequest(Source source, DatasetFilter filter) {}
