package dev.godwit.extractor.postgresql.read;

import dev.godwit.spi.extract.ConsistencyPoint;

/**
 * How a database is read.
 *
 * @param lockSeconds how long to wait for a table that is being changed; 0 for no limit
 * @param foreignTables whether the rows of foreign tables are read too: their own server decides
 *     which instant they show
 * @param secrets whether passwords that the definitions hold are taken
 * @param roles whether the server's roles are taken
 */
public record ReadOptions(long lockSeconds, boolean foreignTables, boolean secrets, boolean roles) {

  /** What a run with these options can promise. */
  public ConsistencyPoint.Guarantee guarantee() {
    return foreignTables
        ? ConsistencyPoint.Guarantee.PER_PARTITION
        : ConsistencyPoint.Guarantee.SNAPSHOT;
  }
}
