package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.extractor.postgresql.schema.said.ClusterRoles;
import dev.godwit.extractor.postgresql.schema.said.Owners;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.Loader.Obstacle;
import dev.godwit.spi.run.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks for everything that stands in the way of a plan. Writes nothing. */
final class Inspection {
  /** What to do about a load that did not come to its end. */
  static final String UNFINISHED =
      "a restore goes on with --resume; a migration starts over, once the database (or its schema"
          + " _godwit and what was loaded) is dropped";

  private static final String ENCODING_OF_NEW = "TEMPLATE template0 ENCODING 'UTF8'";

  private final TargetDatabase target;
  private final LoadPlan plan;
  private final boolean keepsGoing;
  private final Cancellation cancellation;
  private final Renaming renaming;
  private final boolean ownEngine;
  private final NeutralKeys neutral;

  /** What the plan's definitions ask of a target, gathered in one pass. */
  private final Set<String> needs = new TreeSet<>();

  /**
   * Arrays of roles, and what names them beside owners and privileges; empty where nothing does.
   */
  private final Map<String, String> roles = new TreeMap<>();

  private final List<SchemaObject> carried = new ArrayList<>();
  private final Set<String> owners = new TreeSet<>();
  private final Set<String> extensions = new TreeSet<>();
  private final NewerDefinitions newer = new NewerDefinitions();
  private final UnknownSettings settings = new UnknownSettings();
  private final LaterWords laterWords;
  private final OnlySuperusers onlySuperusers = new OnlySuperusers();
  private final PlacesAndLabels placesAndLabels = new PlacesAndLabels();
  private final LongNames longNames = new LongNames();
  private Optional<SchemaObject> database = Optional.empty();
  private final MadeDatabase made = new MadeDatabase();
  private boolean usesPublic;

  /**
   * An inspection for a plan.
   *
   * @param keepsGoing whether the load goes on without what the server refuses to make
   */
  Inspection(TargetDatabase target, LoadPlan plan, boolean keepsGoing, Cancellation cancellation) {
    this.target = target;
    this.keepsGoing = keepsGoing;
    this.plan = plan;
    this.cancellation = cancellation;
    this.renaming = Renaming.of(plan);
    this.neutral = new NeutralKeys(plan, renaming);
    this.laterWords = new LaterWords(plan.origin().version());
    this.ownEngine = plan.origin().engine().equals(PostgresqlLoader.ENGINE);
  }

  /** How a database of the plan is made, without its name. */
  String databaseOptions() {
    return database.map(SchemaObject::definition).orElse(ENCODING_OF_NEW) + made.options();
  }

  /** Whether the plan tells how its database is made; a part of one does not. */
  boolean tellsOfDatabase() {
    return database.isPresent();
  }

  List<Obstacle> obstacles() {
    Optional<Connection> there = target.openIfThere();
    if (there.isEmpty() && !plan.create()) {
      throw new GodwitException(
          ExitCode.TARGET_UNREACHABLE,
          "database " + target.display() + " does not exist",
          "make it, or add --create");
    }
    try (Connection connection = there.orElseGet(target::openMaintenance)) {
      gather(connection.getMetaData().getDatabaseMajorVersion(), there.isEmpty());
      TargetState state = new TargetState(connection);
      if (state.isStandby()) {
        return List.of(
            new Obstacle(
                target.display() + " is on a standby, where nothing can be written",
                "name its primary, or promote it first"));
      }
      List<Obstacle> obstacles =
          new ArrayList<>(there.isEmpty() ? ofMissing(state) : ofExisting(connection, state));
      if (obstacles.stream().noneMatch(Obstacle::unfinished)) {
        obstacles.addAll(longNames.obstacles());
        obstacles.addAll(placesAndLabels.lacking(connection));
        obstacles.addAll(ofRights(new TargetRights(state, there.isEmpty())));
        if (state.isSuperuser()) {
          obstacles.addAll(settings.obstacles(connection));
        }
      }
      return obstacles;
    } catch (SQLException e) {
      throw SqlFailure.of("cannot inspect " + target.display(), e, cancellation);
    }
  }

  private List<Obstacle> ofRights(TargetRights rights) throws SQLException {
    List<Obstacle> obstacles =
        new ArrayList<>(ExtensionRows.obstacles(plan, renaming, rights, extensions));
    if (!keepsGoing) {
      obstacles.addAll(onlySuperusers.lacking(rights));
    }
    return obstacles;
  }

  private void gather(int targetVersion, boolean missing) {
    usesPublic = neutral.made().stream().anyMatch(r -> r.schema().equals("public"));
    if (!ownEngine) {
      return;
    }
    try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
      objects.forEach(
          object -> {
            cancellation.check();
            if (MadeDatabase.tellsOf(object) && !made.takes(object, missing)) {
              return;
            }
            placesAndLabels.learn(object);
            object.attribute(Attributes.NEEDS).ifPresent(needs::add);
            object
                .attribute(Attributes.ROLES)
                .ifPresent(
                    array ->
                        roles.merge(
                            array,
                            LeftOut.isOwnerOrPrivilege(object) ? "" : object.id(),
                            (one, other) -> one.isEmpty() ? other : one));
            if (object.kind().equals(Owners.WORD)) {
              object.attribute(Attributes.ROLES).ifPresent(owners::add);
            }
            object.attribute(Attributes.EXTENSION).ifPresent(extensions::add);
            if (!keepsGoing) {
              newer.learn(object, targetVersion);
              settings.learn(object);
            }
            laterWords.learn(object, targetVersion);
            onlySuperusers.learn(object);
            if (object.kind().equals(ClusterRoles.WORD)) {
              carried.add(object);
            }
            if (object.kind().equals(MadeDatabase.LOCALE)) {
              database = Optional.of(object);
            }
            List<Relation> relations = renaming.makes(object);
            usesPublic |= relations.stream().anyMatch(r -> r.schema().equals("public"));
            longNames.learn(relations);
          });
    }
  }

  private List<Obstacle> ofMissing(TargetState state) throws SQLException {
    List<Obstacle> obstacles = new ArrayList<>();
    if (!state.mayCreateDatabases()) {
      obstacles.add(
          new Obstacle(
              "user " + state.user() + " may not create database " + target.display(),
              "alter role ... createdb, or let someone else make it"));
    }
    obstacles.addAll(NeutralObstacles.of(plan, renaming, neutral));
    obstacles.addAll(newer.obstacles());
    obstacles.addAll(laterWords.obstacles());
    obstacles.addAll(ServerNeeds.lacking(state, roles, carried, owners, extensions));
    List<String> lacking = new ArrayList<>();
    for (String need : needs) {
      lacking.addAll(state.said(need));
    }
    for (String what : new TreeSet<>(lacking)) {
      obstacles.add(
          new Obstacle(
              what + " is needed and not carried, and a new database has none",
              "make database " + target.name() + " with it, and go on without --create"));
    }
    return obstacles;
  }

  private List<Obstacle> ofExisting(Connection connection, TargetState state) throws SQLException {
    List<Obstacle> obstacles = new ArrayList<>();
    Optional<String> unfinished = Ledger.plan(connection);
    if (unfinished.isPresent() && Ledger.isLocked(connection)) {
      throw Ledger.locked(target); // to drop what it left would end it
    }
    if (unfinished.isPresent() && !(plan.resume() && unfinished.get().equals(plan.id()))) {
      return List.of(
          new Obstacle(
              plan.resume()
                  ? "the unfinished load in database " + target.display() + " is of another plan"
                  : "an unfinished load is in database " + target.display(),
              plan.resume()
                  ? "resume with the same snapshot, filters and renames, or drop the database"
                  : UNFINISHED,
              true));
    }
    if (!state.mayCreateSchemas()) {
      obstacles.add(
          new Obstacle(
              "user " + state.user() + " may not create schemas in database " + target.display(),
              "grant create on database " + Relation.quote(target.name()) + " to " + state.user()));
    }
    if (usesPublic && !state.mayCreateIn("public")) {
      obstacles.add(
          new Obstacle(
              "user " + state.user() + " may not create tables in schema public",
              "grant create on schema public to " + state.user()));
    }
    if (unfinished.isEmpty()) {
      addWhatIsThere(obstacles, state);
      LargeObjectObstacles.in(plan, connection, target.display()).ifPresent(obstacles::add);
      if (ownEngine) {
        obstacles.addAll(
            new DifferingObjects(plan, renaming, cancellation)
                .obstacles(connection, target.display()));
      }
    }
    obstacles.addAll(NeutralObstacles.of(plan, renaming, neutral));
    obstacles.addAll(newer.obstacles());
    obstacles.addAll(laterWords.obstacles());
    obstacles.addAll(ServerNeeds.lacking(state, roles, carried, owners, extensions));
    addEncoding(obstacles, state);
    for (String what : state.lacking(needs)) {
      obstacles.add(
          new Obstacle(
              what + " is needed and not carried",
              what.startsWith("extension ")
                  ? "create " + what + " in database " + target.name() + " first"
                  : "make it in database " + target.name() + " first"));
    }
    return obstacles;
  }

  /** An empty database is asked for, unless the load goes beside what is there. */
  private void addWhatIsThere(List<Obstacle> obstacles, TargetState state) throws SQLException {
    if (!besideOthers()) {
      List<String> found = state.contents();
      if (!found.isEmpty()) {
        String more = found.size() == 1 ? "" : " and " + (found.size() - 1) + " more";
        obstacles.add(
            new Obstacle(
                "database " + target.display() + " is not empty: it holds " + found.get(0) + more,
                plan.resume()
                    ? "it holds no unfinished load: one that was killed at its very end is complete"
                    : "load into an empty database, or beside with --include and --rename"));
      }
      return;
    }
    List<String> taken = new ArrayList<>();
    List<Relation> page = new ArrayList<>();
    for (Relation made : wouldBeMade()) {
      page.add(made);
      if (page.size() == TargetState.PAGE) {
        taken.addAll(state.existing(page));
        page.clear();
      }
    }
    taken.addAll(state.existing(page));
    for (String name : taken) {
      obstacles.add(
          new Obstacle(
              name + " exists already in database " + target.display(),
              "load it under another name with --rename, or drop it"));
    }
  }

  private boolean besideOthers() {
    return !plan.renames().isEmpty() || (ownEngine && (plan.part() || database.isEmpty()));
  }

  private Set<Relation> wouldBeMade() {
    Set<Relation> made = new java.util.LinkedHashSet<>();
    if (ownEngine) {
      try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
        objects
            // A sequence that stands alone, a type or a schema that is there is used as it is.
            .filter(object -> !object.datasets().isEmpty())
            .forEach(object -> made.addAll(renaming.makes(object)));
      }
    }
    made.addAll(neutral.made());
    return made;
  }

  private void addEncoding(List<Obstacle> obstacles, TargetState state) throws SQLException {
    String source = database.flatMap(d -> d.attribute(Attributes.ENCODING)).orElse("UTF8");
    String own = state.encoding();
    if (!own.equals("UTF8") && !own.equals("SQL_ASCII") && !own.equals(source)) {
      obstacles.add(
          new Obstacle(
              "database " + target.display() + " is in " + own + ", the source in " + source,
              "make it with encoding 'UTF8' or '" + source + "', template template0"));
    }
  }
}
