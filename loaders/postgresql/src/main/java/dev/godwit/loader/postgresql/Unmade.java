package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadRun.NotMade;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the server refused to make, and what is left out since it needs such a thing. Safe for use
 * by many threads.
 */
final class Unmade {
  /** Objects that are named, and how much of their definitions is kept. */
  private static final int NAMED = 10_000;

  private static final int CHARACTERS = 4 << 20;

  /** Kinds whose definitions may hold a password. */
  private static final Set<String> SECRET =
      Set.of("user mapping", "subscription", "server", "role");

  private final boolean keepGoing;
  private final Cancellation cancellation;

  /** Each id with that of the object that was refused: its own, or one that it needs. */
  private final Map<String, String> causes = new HashMap<>();

  private final Map<DatasetName, String> tables = new HashMap<>();
  private final List<NotMade> named = new ArrayList<>();
  private long characters;

  /** Nothing yet; the first refusal ends the load, unless it is to keep going. */
  Unmade(boolean keepGoing, Cancellation cancellation) {
    this.keepGoing = keepGoing;
    this.cancellation = cancellation;
  }

  /**
   * The server refused an object.
   *
   * @param definition as it was tried
   * @throws dev.godwit.spi.error.GodwitException where the load does not go on without it
   */
  void refused(SchemaObject object, String definition, SQLException e) {
    String shown = SECRET.contains(object.kind()) ? "not shown, it may hold secrets" : definition;
    if (!keepGoing || SqlFailure.endsAll(e)) {
      throw SqlFailure.of(object, shown, e, cancellation);
    }
    note(object, object.id(), shown, SqlFailure.said(e));
  }

  /** Whether an object is not made, since the server refused it or something that it needs. */
  synchronized boolean leavesOut(SchemaObject object) {
    if (causes.isEmpty()) {
      return false;
    }
    if (causes.containsKey(object.id())) {
      return true;
    }
    Optional<String> needed =
        object.dependencies().stream().filter(causes::containsKey).findFirst();
    needed.ifPresent(
        id -> note(object, causes.get(id), "", "needs " + id + ", which is not there"));
    return needed.isPresent();
  }

  private synchronized void note(
      SchemaObject object, String cause, String definition, String reason) {
    if (causes.putIfAbsent(object.id(), cause) != null) {
      return;
    }
    if (object.kind().equals("table")) {
      object.datasets().forEach(d -> tables.put(d, "its table could not be made: " + reason));
    }
    if (named.size() < NAMED) {
      boolean kept = characters + definition.length() <= CHARACTERS;
      characters += kept ? definition.length() : 0;
      named.add(
          new NotMade(
              object.id(),
              kept ? definition : definition.substring(0, Math.min(200, definition.length())),
              reason,
              cause.equals(object.id()) ? "" : cause));
    }
  }

  /** Why the rows of a dataset have no table to go to; empty where they have. */
  synchronized Optional<String> without(Dataset dataset) {
    return Optional.ofNullable(tables.get(dataset.name()));
  }

  /** The first of them. */
  synchronized List<NotMade> named() {
    return List.copyOf(named);
  }

  /** How many there are in all. */
  synchronized int size() {
    return causes.size();
  }
}
