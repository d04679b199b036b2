package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.type.PgColumn;
import dev.godwit.spi.dataset.Dataset;
import java.util.List;

/**
 * A query of the run as a dataset.
 *
 * @param columns those that are read, in the order of the dataset's fields
 * @param from the query, as it stands behind {@code from}
 */
record QueryTable(Dataset dataset, List<PgColumn> columns, String from) {}
