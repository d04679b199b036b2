package dev.godwit.restore;

import dev.godwit.mapping.run.MappingRequest;
import dev.godwit.spi.name.DatasetFilter;

/**
 * What is to be moved from one store into another.
 *
 * @param filter which datasets, records and columns
 * @param mapping what becomes of them
 * @param create whether a missing database is to be made
 */
public record MigrateRequest(DatasetFilter filter, MappingRequest mapping, boolean create) {}
