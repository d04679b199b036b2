package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.schema.SchemaObjects;
import dev.godwit.extractor.postgresql.session.Session;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.SchemaObject;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The definitions of a run, read in the run's own transaction, in turns with those who describe
 * tables. Never in another one: the server locks a table to spell out its defaults, indexes and
 * constraints, and would wait there behind someone who waits to change it, who waits for the run.
 */
final class Definitions {
  private final Coordinator coordinator;
  private final SchemaObjects objects;
  private final boolean partly;

  /**
   * Definitions of the tables taken, and of what they need.
   *
   * @param types ids of types that others need too
   * @param options say whether passwords and roles are taken
   */
  Definitions(Coordinator coordinator, String database, Set<Integer> types, ReadOptions options) {
    Selection selection = coordinator.reached().selection();
    this.coordinator = coordinator;
    this.partly = !selection.left().isEmpty();
    this.objects =
        coordinator.ask(
            "the definitions",
            connection ->
                new SchemaObjects(
                    connection,
                    database,
                    selection.names(),
                    selection.left(),
                    types,
                    selection.whole(),
                    options.secrets(),
                    options.roles()));
  }

  /** The definitions, each after those it needs; read as the stream reaches them. */
  Stream<SchemaObject> objects() {
    Stream<SchemaObject> source =
        guarded(
            () -> {
              Stream<SchemaObject> listed = objects.objects();
              objects.requireState();
              return listed;
            });
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

  /** Whether there are any that people made, where no table is. */
  boolean standAlone() {
    return guarded(objects::standAlone);
  }

  SortedMap<String, Long> notCarried() {
    return guarded(objects::notCarried);
  }

  /** What the part that is taken goes without. */
  List<Catalogue.LeftOut> leftOut() {
    return partly ? guarded(objects::leftOut) : List.of();
  }

  /**
   * The state of the sequences, asked in a session outside any snapshot.
   *
   * @param warnings told what of it cannot be read
   */
  List<SchemaObject> state(Session outside, Consumer<String> warnings) {
    return guarded(() -> objects.state(outside.connection(), warnings));
  }

  private <T> T guarded(Supplier<T> question) {
    return coordinator.ask("the definitions", connection -> question.get());
  }
}
