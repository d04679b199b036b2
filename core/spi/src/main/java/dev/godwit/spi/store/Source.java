package dev.godwit.spi.store;

import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One database of a store, with an identity of its own: retention and parents go by it, not by the
 * URI.
 *
 * @param id stable and unique: the server's own id and the database's name, or what {@code
 *     --source} said
 * @param database the database's name on the server
 * @param address where it was read, without secrets, for people
 */
public record Source(String id, String database, String address) {
  /** Whether a user who writes this means it: its id, or the name of its database. */
  public boolean isCalled(String name) {
    return id.equals(name) || database.equals(name);
  }

  /**
   * Whom a user means who writes this name, among some: the one with that id, else those whose
   * database is called so, which several servers may have.
   */
  public static Predicate<Source> called(String name, Stream<Source> among) {
    boolean isId = among.anyMatch(source -> source.id().equals(name));
    return source -> isId ? source.id().equals(name) : source.isCalled(name);
  }

  /** The same source under a name of the user's choice. */
  public Source named(String chosen) {
    return new Source(chosen, database, address);
  }
}
