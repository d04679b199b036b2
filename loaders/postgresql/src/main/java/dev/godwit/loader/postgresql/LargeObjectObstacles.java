package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.kind.LargeObjectRuns;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.Loader.Obstacle;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/** What stands in the way of large objects, which keep their ids. */
final class LargeObjectObstacles {
  private LargeObjectObstacles() {}

  private static final String LEAVE_OUT = "leave them out with --exclude pg_catalog.pg_largeobject";

  /** Those that a database has already, or that pages of theirs could not be put aside. */
  static Optional<Obstacle> in(LoadPlan plan, Connection connection, String database)
      throws SQLException {
    long there = 0;
    long least = Long.MAX_VALUE;
    boolean any = false;
    if (plan.origin().engine().equals(PostgresqlLoader.ENGINE)) {
      try (Stream<SchemaObject> objects = plan.catalogue().objects();
          PreparedStatement query =
              connection.prepareStatement(
                  "select count(*), min(oid)::int8 from pg_largeobject_metadata"
                      + " where oid = any(?::oid[])")) {
        Iterator<SchemaObject> runs =
            objects.filter(object -> object.kind().equals(LargeObjectRuns.WORD)).iterator();
        while (runs.hasNext()) {
          any = true;
          query.setString(1, runs.next().attribute(Attributes.LARGE_OBJECTS).orElseThrow());
          try (ResultSet row = query.executeQuery()) {
            row.next();
            if (row.getLong(1) > 0) {
              there += row.getLong(1);
              least = Math.min(least, row.getLong(2));
            }
          }
        }
      }
    }
    if (there > 0) {
      String more = there == 1 ? " exists" : " and " + (there - 1) + " more exist";
      return Optional.of(
          new Obstacle(
              "large object " + least + more + " already in database " + database,
              "remove what is there with lo_unlink, or " + LEAVE_OUT));
    }
    if (any && !mayKeepAside(connection)) {
      return Optional.of(
          new Obstacle(
              "the user may not make temporary tables in database "
                  + database
                  + ", which large objects are written through",
              "grant temporary on the database, or " + LEAVE_OUT));
    }
    return Optional.empty();
  }

  private static boolean mayKeepAside(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select has_database_privilege(current_database(), 'temporary')")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /**
   * Makes sure that all of the pages is there.
   *
   * @throws GodwitException {@code USAGE} where columns of them were chosen or changed
   */
  static void checkWhole(Dataset dataset) {
    if (dataset.neutral() || dataset.schema().getFields().size() != 3) {
      throw new GodwitException(
          ExitCode.USAGE,
          "large objects are loaded as they are: " + dataset.name() + " has other columns",
          "take no columns of it and mask none, or " + LEAVE_OUT);
    }
  }
}
