package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.schema.SchemaObjects;
import dev.godwit.extractor.postgresql.session.Session;
import dev.godwit.extractor.postgresql.session.Sessions;
import dev.godwit.spi.dataset.SchemaObject;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The definitions of a run, read in a transaction of their own that shows the run's snapshot, so
 * that they may be gone through while tables are described. Its connection is used by one thread at
 * a time.
 */
final class Definitions implements AutoCloseable {
  private final Session session;
  private final String database;
  private final SchemaObjects objects;

  /**
   * Definitions of the tables taken, and of what they need.
   *
   * @param types ids of types that others need too
   */
  Definitions(Session session, String database, Selection selection, Set<Integer> types) {
    this.session = session;
    this.database = database;
    this.objects =
        new SchemaObjects(
            session.connection(), database, selection.names(), types, selection.whole());
  }

  /** The definitions, each after those it needs; read as the stream reaches them. */
  Stream<SchemaObject> objects() {
    Stream<SchemaObject> source = guarded(objects::objects);
    Iterator<SchemaObject> each = guarded(source::iterator);
    Iterator<SchemaObject> inTurn =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return guarded(each::hasNext);
          }

          @Override
          public SchemaObject next() {
            return guarded(each::next);
          }
        };
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(inTurn, Spliterator.ORDERED), false)
        .onClose(source::close);
  }

  SortedMap<String, Long> notCarried() {
    return guarded(objects::notCarried);
  }

  /** The state of the sequences, on a connection of its own, outside any snapshot. */
  List<SchemaObject> state(Sessions sessions) {
    try (Session after = sessions.openSession(database)) {
      return guarded(() -> objects.state(after.connection()));
    }
  }

  private synchronized <T> T guarded(Supplier<T> question) {
    return question.get();
  }

  @Override
  public void close() {
    session.close();
  }
}
