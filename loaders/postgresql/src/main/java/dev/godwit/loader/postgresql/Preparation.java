package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.run.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes what comes before the data, each object once, marked in the transaction that makes it. */
final class Preparation {
  /** Objects made in one transaction: few enough to hold their locks, many enough to be quick. */
  private static final int TOGETHER = 50;

  private static final String REUSED = "reused ";

  private final LoadPlan plan;
  private final Renaming renaming;
  private final Connection connection;
  private final boolean resumed;
  private final Cancellation cancellation;
  private final Set<String> reused = new HashSet<>();
  private Set<String> functions;

  Preparation(
      LoadPlan plan,
      Renaming renaming,
      Connection connection,
      boolean resumed,
      Cancellation cancellation) {
    this.plan = plan;
    this.renaming = renaming;
    this.connection = connection;
    this.resumed = resumed;
    this.cancellation = cancellation;
  }

  /** Ids of the objects that were there already and are used as they are. */
  Set<String> reused() {
    return reused;
  }

  /** Makes all objects that come before the data. */
  void makeAll() throws SQLException {
    if (!resumed) {
      try (Statement statement = connection.createStatement()) {
        for (String schema : renaming.schemas()) {
          statement.execute("create schema if not exists " + Relation.quote(schema));
        }
      }
    }
    try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
      Iterator<SchemaObject> each =
          objects
              .filter(object -> object.phase() == SchemaObject.Phase.BEFORE_DATA)
              .filter(object -> !object.kind().equals("database"))
              .iterator();
      List<SchemaObject> together = new ArrayList<>();
      while (each.hasNext()) {
        together.add(each.next());
        if (together.size() == TOGETHER || !each.hasNext()) {
          cancellation.check();
          for (SchemaObject object : together) {
            make(object);
          }
          connection.commit();
          together.clear();
        }
      }
    }
  }

  private void make(SchemaObject object) throws SQLException {
    String item = "object " + object.id();
    if (resumed && Ledger.holds(connection, item)) {
      if (Ledger.holds(connection, REUSED + object.id())) {
        reused.add(object.id());
      }
      return;
    }
    if (isThere(object)) {
      reused.add(object.id());
      Ledger.mark(connection, REUSED + object.id());
    } else {
      execute(connection, renaming.definition(object), object, cancellation);
    }
    Ledger.mark(connection, item);
  }

  /**
   * Types, functions and the like that stand alone may be there already, where the load goes beside
   * others: then the tables use them as they are.
   */
  private boolean isThere(SchemaObject object) throws SQLException {
    if (!object.datasets().isEmpty()) {
      return false;
    }
    Optional<String> signature = object.attribute(Attributes.SIGNATURE);
    if (signature.isPresent()) {
      return functions().contains(signature.get());
    }
    String asked =
        switch (object.kind()) {
          // A shell is no type yet, and asking for it by its name is an error.
          case "type" -> in("pg_type", "typname", "typnamespace", object) + " and typisdefined)";
          case "sequence" -> "to_regclass(" + literal(object) + ")";
          case "collation" -> in("pg_collation", "collname", "collnamespace", object) + " limit 1)";
          default -> "";
        };
    if (asked.isEmpty()) {
      return false;
    }
    try (Statement statement = connection.createStatement();
        var row = statement.executeQuery("select " + asked + " is not null")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** The functions that were there before, by their signatures; asked for once. */
  private Set<String> functions() throws SQLException {
    if (functions == null) {
      functions = new HashSet<>();
      try (Statement statement = connection.createStatement();
          var rows =
              statement.executeQuery(
                  "select p.oid::regprocedure::text from pg_proc p"
                      + " join pg_namespace n on n.oid = p.pronamespace"
                      + " where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'")) {
        while (rows.next()) {
          functions.add(rows.getString(1));
        }
      }
    }
    return functions;
  }

  private static String in(String catalogue, String name, String schema, SchemaObject object) {
    Relation wanted = Relation.of(object.name());
    return "(select oid from %s where %s = %s and %s = to_regnamespace(%s)"
        .formatted(
            catalogue,
            name,
            Relation.literal(wanted.name()),
            schema,
            Relation.literal(Relation.quote(wanted.schema())));
  }

  private static String literal(SchemaObject object) {
    return Relation.literal(Relation.of(object.name()).quoted());
  }

  /** Carries out one definition; a failure names the object. */
  static void execute(
      Connection connection, String definition, SchemaObject object, Cancellation cancellation)
      throws SQLException {
    try {
      Pieces.run(connection, definition);
    } catch (SQLException e) {
      throw SqlFailure.of("cannot make " + object.kind() + " " + object.name(), e, cancellation);
    }
  }

  /** Makes the table of a dataset of another engine. */
  void makeNeutral(Dataset dataset) throws SQLException {
    String item = "object table " + dataset.name();
    if (resumed && Ledger.holds(connection, item)) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      for (String definition :
          NeutralTable.create(
              dataset,
              renaming.relation(dataset.name()),
              plan.origin().engine().equals(PostgresqlLoader.ENGINE))) {
        statement.execute(definition);
      }
    }
    Ledger.mark(connection, item);
  }
}
