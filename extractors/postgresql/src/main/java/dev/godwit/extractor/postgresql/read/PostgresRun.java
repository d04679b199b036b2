package dev.godwit.extractor.postgresql.read;

import dev.godwit.extractor.postgresql.session.Session;
import dev.godwit.extractor.postgresql.session.Sessions;
import dev.godwit.extractor.postgresql.type.TypeCatalogue;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.extract.ConsistencyPoint;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreInfo;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One database at one snapshot. It takes a connection for the snapshot, the locks and the
 * definitions, and one for each partition that is open.
 */
public final class PostgresRun implements ExtractRun {
  private final StoreInfo info;
  private final Source source;
  private final Coordinator coordinator;
  private final Definitions definitions;
  private final Workers workers;
  private final Tables tables;
  private final QueryTables queries;
  private final TableReading reading;
  private final ReadOptions options;
  private final Consumer<String> warnings;

  private PostgresRun(
      StoreInfo info,
      Source source,
      Coordinator coordinator,
      Definitions definitions,
      Workers workers,
      Tables tables,
      QueryTables queries,
      TableReading reading,
      ReadOptions options,
      Consumer<String> warnings) {
    this.info = info;
    this.source = source;
    this.coordinator = coordinator;
    this.definitions = definitions;
    this.workers = workers;
    this.tables = tables;
    this.queries = queries;
    this.reading = reading;
    this.options = options;
    this.warnings = warnings;
  }

  /**
   * Begins to read: locks the tables that the request takes, then takes the snapshot.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code USAGE} where the filter matches nothing or
   *     is not understood; {@code FAILED} where a table cannot be locked
   */
  public static PostgresRun begin(
      Sessions sessions,
      StoreInfo info,
      ExtractRequest request,
      ReadOptions options,
      PluginContext context) {
    Source source = request.source();
    String database = source.database();
    ReadFailure failures = new ReadFailure(context.cancellation(), sessions.display());
    Session first = sessions.openSession(database);
    Session second = null;
    try {
      second = sessions.openSession(database);
      ConsistentStart.Reached reached =
          new ConsistentStart(
                  first,
                  second,
                  new RelationList(database, options.foreignTables()),
                  request,
                  options,
                  context.cancellation(),
                  failures)
              .reach();
      Coordinator coordinator = new Coordinator(first, reached, failures);
      TypeCatalogue types =
          coordinator.ask(
              "the types of the database", c -> TypeCatalogue.load(c, reached.queriedTypes()));
      Tables tables = new Tables(coordinator, first, types, database);
      tables.checkFilter();
      LargeObjects.warn(coordinator, context.warnings());
      UnfinishedLoad.warn(coordinator, database, context.warnings());
      reached
          .selection()
          .idle()
          .forEach(p -> context.warnings().accept("--exclude '" + p + "' matches nothing"));
      QueryTables queries = new QueryTables(reached.queries(), types, request.filter());
      Workers workers = new Workers(sessions, database, coordinator, failures, second);
      return new PostgresRun(
          info,
          source,
          coordinator,
          new Definitions(coordinator, database, reached.queriedTypes(), options),
          workers,
          tables,
          queries,
          new TableReading(
              tables,
              queries,
              workers,
              types,
              context,
              failures,
              new UnloggedOnStandby(reached),
              first.serverVersion()),
          options,
          once(context.warnings()));
    } catch (RuntimeException e) {
      first.close();
      if (second != null) {
        second.close();
      }
      throw failures.of("database '" + database + "'", e);
    }
  }

  /** A run that is read again, to prove what was written, is concluded again. */
  private static Consumer<String> once(Consumer<String> warnings) {
    Set<String> told = ConcurrentHashMap.newKeySet();
    return warning -> {
      if (told.add(warning)) {
        warnings.accept(warning);
      }
    };
  }

  /** Whether a server of a version, such as 180001, can read a table in several slices at once. */
  public static boolean readsInParallel(int version) {
    return TableReading.divides(version);
  }

  @Override
  public StoreInfo info() {
    return info;
  }

  @Override
  public Source source() {
    return source;
  }

  @Override
  public Catalogue catalogue() {
    return new Catalogue() {
      @Override
      public Stream<Dataset> datasets() {
        // Nobody knows how long a query takes, and no two workers can share it.
        return Stream.concat(queries.datasets(), tables.datasets());
      }

      @Override
      public Stream<SchemaObject> objects() {
        return definitions.objects();
      }

      @Override
      public boolean standsByDefinitions() {
        return definitions.standAlone();
      }

      @Override
      public SortedMap<String, Long> notCarried() {
        return definitions.notCarried();
      }

      @Override
      public List<LeftOut> leftOut() {
        return definitions.leftOut();
      }
    };
  }

  @Override
  public Reading reading() {
    return reading;
  }

  @Override
  public Conclusion conclude() {
    coordinator.checkHeld();
    try (Session outside = workers.outside()) {
      return new Conclusion(
          new ConsistencyPoint(options.guarantee(), coordinator.reached().snapshot()),
          definitions.state(outside, warnings));
    } finally {
      workers.close();
    }
  }

  @Override
  public void close() {
    workers.close();
    coordinator.close();
  }
}
