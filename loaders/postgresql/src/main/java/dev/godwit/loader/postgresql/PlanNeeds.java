package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.schema.graph.Attributes;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.Loader.Obstacle;
import dev.godwit.spi.run.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a plan asks of a target, gathered from its definitions in one pass. */
final class PlanNeeds {
  private static final String PUBLIC = "public";

  private final LoadPlan plan;
  private final Renaming renaming;
  private final NeutralKeys neutral;
  private final boolean keepsGoing;
  private final MadeDatabase database = new MadeDatabase();
  private final Set<String> needs = new TreeSet<>();
  private final ServerNeeds server = new ServerNeeds();
  private final NewerDefinitions newer = new NewerDefinitions();
  private final LaterWords laterWords;
  private final UnknownSettings settings = new UnknownSettings();
  private final OnlySuperusers onlySuperusers = new OnlySuperusers();
  private final PlacesAndLabels placesAndLabels = new PlacesAndLabels();
  private final LongNames longNames = new LongNames();
  private boolean usesPublic;

  /**
   * Goes through the definitions of a plan.
   *
   * @param version of the server, such as 15
   * @param missing whether the database is to be made
   * @param keepsGoing whether the load goes on without what the server refuses to make
   */
  PlanNeeds(
      LoadPlan plan, int version, boolean missing, boolean keepsGoing, Cancellation cancellation) {
    this.plan = plan;
    this.keepsGoing = keepsGoing;
    this.renaming = Renaming.of(plan);
    this.neutral = new NeutralKeys(plan, renaming);
    this.laterWords = new LaterWords(plan.origin().version());
    this.usesPublic = areInPublic(neutral.made());
    if (isOwnEngine()) {
      try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
        objects.forEach(
            object -> {
              cancellation.check();
              if (!MadeDatabase.tellsOf(object) || database.takes(object, missing)) {
                learn(object, version);
              }
            });
      }
    }
  }

  private void learn(SchemaObject object, int version) {
    placesAndLabels.learn(object);
    object.attribute(Attributes.NEEDS).ifPresent(needs::add);
    server.learn(object);
    if (!keepsGoing) {
      newer.learn(object, version);
      settings.learn(object);
    }
    laterWords.learn(object, version);
    onlySuperusers.learn(object);
    List<Relation> relations = renaming.makes(object);
    usesPublic |= areInPublic(relations);
    longNames.learn(relations);
  }

  private static boolean areInPublic(List<Relation> relations) {
    return relations.stream().anyMatch(relation -> relation.schema().equals(PUBLIC));
  }

  /** Whether the plan is of a PostgreSQL. */
  boolean isOwnEngine() {
    return plan.origin().engine().equals(PostgresqlLoader.ENGINE);
  }

  /** The plan. */
  LoadPlan plan() {
    return plan;
  }

  /** What its datasets and objects are called in the target. */
  Renaming renaming() {
    return renaming;
  }

  /** What is made from neutral descriptions. */
  NeutralKeys neutral() {
    return neutral;
  }

  /** How the database is made. */
  MadeDatabase database() {
    return database;
  }

  /** What the definitions need of the database and do not bring, as they spell it. */
  Set<String> needs() {
    return needs;
  }

  /** Whether anything is made in schema public. */
  boolean usesPublic() {
    return usesPublic;
  }

  /** What is wrong with the plan for this server, in whatever database. */
  List<Obstacle> unmet(TargetState state) throws SQLException {
    List<Obstacle> obstacles = new ArrayList<>(NeutralObstacles.of(plan, renaming, neutral));
    obstacles.addAll(newer.obstacles());
    obstacles.addAll(laterWords.obstacles());
    obstacles.addAll(server.lacking(state));
    return obstacles;
  }

  /**
   * Which names, places, labels, rights and settings stand in the way.
   *
   * @param rights of the user, in the database of the connection or in one to be made
   */
  List<Obstacle> refused(Connection connection, TargetState state, TargetRights rights)
      throws SQLException {
    List<Obstacle> obstacles = new ArrayList<>(longNames.obstacles());
    obstacles.addAll(placesAndLabels.lacking(connection));
    obstacles.addAll(ExtensionRows.obstacles(plan, renaming, rights, server.extensions()));
    if (!keepsGoing) {
      obstacles.addAll(onlySuperusers.lacking(rights));
    }
    if (state.isSuperuser()) {
      obstacles.addAll(settings.obstacles(connection));
    }
    return obstacles;
  }
}
