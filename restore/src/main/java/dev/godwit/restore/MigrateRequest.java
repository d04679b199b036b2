package dev.godwit.restore;

import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.Renames;

/**
 * What is to be moved from one store into another.
 *
 * @param filter which datasets, records and columns
 * @param renames what is to have another name in the target
 * @param create whether a missing database is to be made
 */
public record MigrateRequest(DatasetFilter filter, Renames renames, boolean create) {}
