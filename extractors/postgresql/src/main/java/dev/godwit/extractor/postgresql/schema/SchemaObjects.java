package dev.godwit.extractor.postgresql.schema;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.name.DatasetName;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/** The schema objects of one database, as the transaction of a connection shows them. */
public final class SchemaObjects {

  /**
   * The objects of some relations, or of the whole database.
   *
   * @param connection in the run's transaction; used by one thread at a time, at each call only
   * @param database its name, the first part of every dataset's name
   * @param relations the tables that the run takes (partitioned parents too), by their ids
   * @param whole whether the run takes all tables of the database: then objects that belong to no
   *     table are taken too
   */
  public SchemaObjects(
      Connection connection, String database, Map<Integer, DatasetName> relations, boolean whole) {
    throw new UnsupportedOperationException("" + connection + database + relations + whole);
  }

  /** The objects, each after those that it depends on, phase by phase. */
  public Stream<SchemaObject> objects() {
    throw new UnsupportedOperationException();
  }

  /** What the database holds and the objects do not carry: kind in the plural, to how many. */
  public SortedMap<String, Long> notCarried() {
    throw new UnsupportedOperationException();
  }

  /**
   * The state of the sequences among the objects, read on a connection outside the run's snapshot
   * (sequences are not transactional), after the data.
   */
  public List<SchemaObject> state(Connection after) {
    throw new UnsupportedOperationException(after.toString());
  }
}
