package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.said.ClusterRoles;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadPlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Makes what comes before the data, each object once, marked in the transaction that makes it. */
final class Preparation {
  private static final String REUSED = "reused ";
  private static final String SCHEMA_OF_OTHERS = "schema of others ";
  private static final String EXTENSION_OF_OTHERS = "extension of others ";

  private final LoadPlan plan;
  private final Renaming renaming;
  private final Connection connection;
  private final boolean resumed;
  private final Making making;
  private final Set<String> reused = ConcurrentHashMap.newKeySet();
  private final Set<String> schemas = new HashSet<>();
  private final Set<String> extensions = new HashSet<>();
  private Set<String> functions;

  /**
   * The preparation of a plan.
   *
   * @param connection the load's own, outside of whose transactions nothing is made
   * @param resumed whether a part of it is made already
   */
  Preparation(
      LoadPlan plan, Renaming renaming, Connection connection, boolean resumed, Making making) {
    this.plan = plan;
    this.renaming = renaming;
    this.connection = connection;
    this.resumed = resumed;
    this.making = making;
  }

  /** Ids of the objects that were there already and are used as they are. */
  Set<String> reused() {
    return reused;
  }

  /** Makes all objects that come before the data. */
  void makeAll() throws SQLException {
    if (resumed) {
      schemas.addAll(Ledger.beginningWith(connection, SCHEMA_OF_OTHERS));
      extensions.addAll(Ledger.beginningWith(connection, EXTENSION_OF_OTHERS));
      reused.addAll(Ledger.beginningWith(connection, REUSED));
    } else {
      lookAround();
      try (Statement statement = connection.createStatement()) {
        for (String schema : renaming.schemas()) {
          statement.execute("create schema if not exists " + Relation.quote(schema));
        }
      }
    }
    connection.commit();
    try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
      making.all(
          objects
              .filter(object -> object.phase() == SchemaObject.Phase.BEFORE_DATA)
              .filter(object -> !MadeDatabase.tellsOf(object))
              .iterator(),
          this::statements);
    }
  }

  /**
   * Where others have things already, their schemas and extensions are not the load's to change:
   * neither by this run nor by one that goes on with it.
   */
  private void lookAround() throws SQLException {
    TargetState state = new TargetState(connection);
    if (!state.contents().isEmpty()) {
      schemas.addAll(state.schemas());
      extensions.addAll(state.extensions());
      for (String schema : schemas) {
        Ledger.mark(connection, SCHEMA_OF_OTHERS + schema);
      }
      for (String extension : extensions) {
        Ledger.mark(connection, EXTENSION_OF_OTHERS + extension);
      }
    }
  }

  private List<String> statements(Connection on, SchemaObject object) throws SQLException {
    if (isOfOthers(object)) {
      return List.of();
    }
    if (isThere(on, object)) {
      reused.add(object.id());
      return List.of(Ledger.marking(List.of(REUSED + object.id())));
    }
    return Places.statements(renaming.definition(object), object);
  }

  /** What is said of roles that were there already: they are left as they are. */
  private boolean isOfOthers(SchemaObject object) {
    return switch (object.kind()) {
      case ClusterRoles.SETTING, ClusterRoles.COMMENT, ClusterRoles.MEMBERSHIP ->
          object.dependencies().stream().limit(2).allMatch(this::isOthers);
      default -> false;
    };
  }

  private boolean isOthers(String role) {
    return reused.contains(role) || role.startsWith(ClusterRoles.idOf("pg_"));
  }

  /**
   * Types, functions and the like that stand alone may be there already, where the load goes beside
   * others: then the tables use them as they are.
   */
  private boolean isThere(Connection on, SchemaObject object) throws SQLException {
    if (!object.datasets().isEmpty()) {
      return false;
    }
    Optional<String> signature = object.attribute(Attributes.SIGNATURE);
    if (object.kind().equals("schema")) {
      return schemas.contains(object.name().last());
    }
    if (object.kind().equals("extension")) {
      return extensions.contains(object.attribute(Attributes.EXTENSION).orElseThrow());
    }
    if (signature.isPresent()) {
      // One that this load made without its body is not there yet.
      String stub = "function stub" + object.id().substring(object.id().indexOf(':'));
      boolean stubbed = object.dependencies().contains(stub) && !reused.contains(stub);
      return !stubbed && functions(on).contains(signature.get());
    }
    String asked =
        switch (object.kind()) {
          // A shell is no type yet, and asking for it by its name is an error.
          case "type" -> in("pg_type", "typname", "typnamespace", object) + " and typisdefined)";
          case ClusterRoles.WORD ->
              "to_regrole("
                  + Relation.literal(
                      Relation.quote(object.attribute(Attributes.ROLE).orElseThrow()))
                  + ")";
          case "sequence" -> "to_regclass(" + literal(object) + ")";
          case "collation" -> in("pg_collation", "collname", "collnamespace", object) + " limit 1)";
          default -> "";
        };
    if (asked.isEmpty()) {
      return false;
    }
    try (Statement statement = on.createStatement();
        var row = statement.executeQuery("select " + asked + " is not null")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** The functions that were there before, by their signatures; asked for once. */
  private synchronized Set<String> functions(Connection on) throws SQLException {
    if (functions == null) {
      functions = new HashSet<>();
      try (Statement statement = on.createStatement();
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
