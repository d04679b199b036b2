package dev.godwit.loader.postgresql;

import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.ObstructedException;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Capability;
import dev.godwit.spi.store.StoreInfo;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One PostgreSQL database, to be written. */
final class PostgresqlLoader implements Loader {
  static final String ENGINE = "postgresql";

  private final TargetDatabase target;
  private final PluginContext context;
  private final long indexMemory;
  private final boolean keepGoing;
  private final LeftOut leftOut;
  private final StoreInfo info;

  /**
   * Looks who answers.
   *
   * @param indexMemory megabytes of the server's memory that building indexes shares
   * @param keepGoing whether a load goes on without what the server refuses to make
   * @param leftOut what of the definitions is not wanted
   */
  PostgresqlLoader(
      TargetDatabase target,
      PluginContext context,
      long indexMemory,
      boolean keepGoing,
      LeftOut leftOut) {
    this.target = target;
    this.context = context;
    this.indexMemory = indexMemory;
    this.keepGoing = keepGoing;
    try (Connection connection = target.openIfThere().orElseGet(target::openMaintenance)) {
      this.info = ask(connection, target);
      this.leftOut = new TargetState(connection).isSuperuser() ? leftOut : leftOut.forOthers();
    } catch (SQLException e) {
      throw SqlFailure.of("cannot ask " + target.display(), e, context.cancellation());
    }
  }

  private static StoreInfo ask(Connection connection, TargetDatabase target) throws SQLException {
    String version = connection.getMetaData().getDatabaseProductVersion();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select system_identifier::text from pg_control_system()")) {
      row.next();
      return new StoreInfo(ENGINE, version, row.getString(1));
    } catch (SQLException e) {
      return new StoreInfo(ENGINE, version, target.display()); // not everyone may ask for it
    }
  }

  @Override
  public StoreInfo info() {
    return info;
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(Capability.CREATE_DATABASE, Capability.RENAME, Capability.RESUME);
  }

  @Override
  public Ledger ledger() {
    return Ledger.TRANSACTIONAL;
  }

  @Override
  public RecordForm form() {
    return (RecordForm.Rows) NeutralType::place;
  }

  @Override
  public List<Obstacle> inspect(LoadPlan plan) {
    List<Obstacle> obstacles = new ArrayList<>(leftOut.obstacles(plan));
    obstacles.addAll(
        Inspection.of(target, leftOut.of(plan), keepGoing, context.cancellation()).obstacles());
    return obstacles;
  }

  @Override
  public LoadRun begin(LoadPlan asked) {
    LoadPlan plan = leftOut.of(asked);
    List<Obstacle> obstacles = new ArrayList<>(leftOut.obstacles(asked));
    Inspection inspection = Inspection.of(target, plan, keepGoing, context.cancellation());
    obstacles.addAll(inspection.obstacles());
    ObstructedException.refuse(obstacles);
    Optional<Connection> there = target.openIfThere();
    if (there.isEmpty()) {
      target.create(inspection.database().options());
    }
    Connection control = there.orElseGet(target::open);
    try {
      List<String> notes = new ArrayList<>(leftOut.unfit(asked));
      if (there.isEmpty()
          && plan.origin().engine().equals(ENGINE)
          && !inspection.database().isTold()) {
        notes.add(
            "the database was made with the server's own collation and owner: those of the source"
                + " go only with the whole of it");
      }
      notes.addAll(leftOut.unplaced(asked));
      notes.addAll(Disconnected.note(plan));
      notes.addAll(leftOut.closed(asked));
      return PostgresqlLoadRun.begin(target, plan, context, indexMemory, keepGoing, control, notes);
    } catch (SQLException | RuntimeException e) {
      try {
        control.close();
      } catch (SQLException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e instanceof SQLException sql
          ? SqlFailure.of("cannot load into " + target.display(), sql, context.cancellation())
          : (RuntimeException) e;
    }
  }

  @Override
  public void close() {}
}
