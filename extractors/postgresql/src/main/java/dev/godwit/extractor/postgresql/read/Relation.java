package dev.godwit.extractor.postgresql.read;

import dev.godwit.spi.name.DatasetName;

/**
 * A table, as little of it as is kept for every table of a run.
 *
 * @param oid its id
 * @param name database, schema, name
 * @param kind as pg_class says it: {@code r} table, {@code p} partitioned table, {@code f} foreign
 *     table
 * @param unlogged whether a crash of the server empties it
 * @param heap whether its rows lie in a plain heap
 * @param parent the id of the table that it is a partition of; 0 for none
 * @param kept what of an extension's table users own: a clause with its {@code WHERE}, as the
 *     extension gave it to {@code pg_extension_config_dump}; empty for a table of users
 */
record Relation(
    int oid, DatasetName name, char kind, boolean unlogged, boolean heap, int parent, String kept) {

  /** Whether rows lie in it, not only in its partitions. */
  boolean holdsRows() {
    return kind != 'p';
  }

  boolean foreign() {
    return kind == 'f';
  }

  /** Whether it holds the large objects of the database. */
  boolean holdsLargeObjects() {
    return oid == LargeObjects.OID;
  }

  /** Whether the server lets it be locked: not a foreign table, nor what the user may not read. */
  boolean lockable() {
    return !foreign() && kind != LargeObjects.BY_FUNCTIONS;
  }

  /** Its name as a statement has it. */
  String sql() {
    return Sql.name(name.parts().get(1)) + "." + Sql.name(name.last());
  }

  /** For {@code from}: its own rows, not those of tables that inherit from it. */
  String only() {
    return "only " + sql();
  }

  /** For {@code from}: the rows that are carried of it. */
  String rows() {
    if (foreign()) {
      return sql();
    }
    return kept.isEmpty()
        ? only()
        : "(select * from " + only() + " " + kept + "\n) as " + Sql.name(name.last());
  }

  // Written out, as the generated ones are linked at their first use, which takes 30 ms of a start.
  @Override
  public boolean equals(Object other) {
    return other instanceof Relation that
        && oid == that.oid
        && name.equals(that.name)
        && kind == that.kind
        && unlogged == that.unlogged
        && heap == that.heap
        && parent == that.parent
        && kept.equals(that.kept);
  }

  @Override
  public int hashCode() {
    return oid;
  }
}
