package dev.godwit.extractor.postgresql.read;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The unlogged tables of a run that reads a standby: what is written into them never reaches it, so
 * nothing can be read there, not even how many rows there are (manual, "CREATE TABLE", UNLOGGED).
 */
final class UnloggedOnStandby {
  /** How many of them a hint names. */
  private static final int NAMED = 20;

  private final boolean standby;
  private final List<Relation> taken;

  /** Those of a run that has begun. */
  UnloggedOnStandby(ConsistentStart.Reached reached) {
    this.standby = reached.server().recovering();
    this.taken = reached.selection().taken();
  }

  /** Them before all others, where there are any: what must fail is not to fail hours later. */
  static Comparator<Relation> first(ConsistentStart.Reached reached) {
    UnloggedOnStandby unlogged = new UnloggedOnStandby(reached);
    return Comparator.comparing(relation -> !unlogged.has(relation));
  }

  private boolean has(Relation relation) {
    return standby && relation.unlogged() && relation.holdsRows();
  }

  /**
   * Makes sure that the server has the rows of a table.
   *
   * @throws GodwitException {@code FAILED} where it has not
   */
  void requireRows(Relation relation) {
    if (has(relation)) {
      throw new GodwitException(
          ExitCode.FAILED,
          "cannot read " + relation.name() + ": it is unlogged, and a standby has none of its rows",
          "back up the primary, or leave out with --exclude what is unlogged: " + all());
    }
  }

  private String all() {
    List<Relation> all = taken.stream().filter(this::has).toList();
    return all.stream()
            .limit(NAMED)
            .map(relation -> relation.name().toString())
            .collect(Collectors.joining(", "))
        + (all.size() > NAMED ? " and " + (all.size() - NAMED) + " more" : "");
  }
}
