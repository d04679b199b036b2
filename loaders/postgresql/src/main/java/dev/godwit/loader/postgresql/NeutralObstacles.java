package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.Loader.Obstacle;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;

/** What tables of another engine are called that no table of this one can be. */
final class NeutralObstacles {
  /** Columns that each table has (manual, "System Columns"). */
  private static final Set<String> SYSTEM =
      Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

  /** The most columns of a table (manual, "PostgreSQL Limits"). */
  private static final int MOST_COLUMNS = 1600;

  private static final String COLUMNS =
      "leave columns out with --columns, or move documents without --flatten";

  private static final String NAME =
      "give the column another name in a mapping file (--save-mapping, then --mapping), or move"
          + " documents without --flatten";

  private NeutralObstacles() {}

  /** What stands in the way of a plan. */
  static List<Obstacle> of(LoadPlan plan, Renaming renaming, NeutralKeys keys) {
    List<Obstacle> obstacles = new ArrayList<>();
    for (Relation table : keys.twice()) {
      obstacles.add(
          new Obstacle(
              "two datasets would be table " + table,
              "give one of them another name with --rename"));
    }
    for (Relation relation : renaming.twice()) {
      if (!keys.twice().contains(relation)) {
        obstacles.add(
            new Obstacle(
                "two relations would be called " + relation,
                "give one of them another name with --rename"));
      }
    }
    boolean ownEngine = plan.origin().engine().equals(PostgresqlLoader.ENGINE);
    try (Stream<Dataset> datasets = plan.catalogue().datasets()) {
      datasets
          .filter(dataset -> !ownEngine || dataset.neutral())
          .forEach(dataset -> of(dataset, renaming.relation(dataset.name()), obstacles));
    }
    return obstacles;
  }

  private static void of(Dataset dataset, Relation table, List<Obstacle> obstacles) {
    if (NeutralNames.isTooLong(table.name()) || NeutralNames.isTooLong(table.schema())) {
      obstacles.add(LongNames.obstacle(table.toString()));
    } else if (table.name().isEmpty() || table.name().indexOf('\0') >= 0) {
      obstacles.add(
          new Obstacle(
              "no table can be called as " + dataset.name() + " is",
              "give it another name with --rename"));
    }
    List<Field> fields = dataset.schema().getFields();
    if (fields.size() > MOST_COLUMNS) {
      obstacles.add(
          new Obstacle(
              "%s has %d columns, and a table %d at most"
                  .formatted(dataset.name(), fields.size(), MOST_COLUMNS),
              COLUMNS));
    }
    for (Field field : fields) {
      String name = field.getName();
      if (NeutralNames.isTooLong(name)
          || name.isEmpty()
          || name.indexOf('\0') >= 0
          || SYSTEM.contains(name)) {
        obstacles.add(
            new Obstacle(
                "no column can be called as column '%s' of %s is".formatted(name, dataset.name()),
                NAME));
      }
    }
  }
}
