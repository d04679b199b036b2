package dev.godwit.restore;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Source;
import java.util.List;
import java.util.UUID;

/** Moves one source, or a part of it, from a store into another. */
public final class MigrateJob {
  private final Extractor extractor;
  private final Loader loader;
  private final MigrateRequest request;
  private final PluginContext context;

  /** A job over open stores; neither is closed. */
  public MigrateJob(
      Extractor extractor, Loader loader, MigrateRequest request, PluginContext context) {
    this.extractor = extractor;
    this.loader = loader;
    this.request = request;
    this.context = context;
  }

  /**
   * Opens the source at one instant; nothing is written yet. The caller closes it.
   *
   * <p>A store shows no instant twice, so a migration that was killed is never gone on with: its
   * name in the ledger is new each time.
   *
   * @throws GodwitException {@code USAGE} where the URI names several databases, the filter matches
   *     none of their datasets, or they are to be read again and cannot be
   */
  public Migration open() {
    ExtractRun run =
        extractor.begin(new ExtractRequest(source(), request.filter(), request.queries()));
    try {
      if (request.again() && run.reading() instanceof Reading.OnePass && run.later().isEmpty()) {
        throw new GodwitException(
            ExitCode.USAGE,
            run.source().address() + " can be read only once, and the proof reads it again",
            "add --via VAULT, or leave --verify out");
      }
      return new Migration(
          UUID.randomUUID().toString(),
          run,
          loader,
          request.mapping(),
          new Migration.Terms(
              request.create(),
              false,
              request.movesAll(),
              false,
              !request.filter().include().isEmpty(),
              request.goingOn()),
          context);
    } catch (RuntimeException e) {
      run.close();
      throw e;
    }
  }

  private Source source() {
    List<Source> sources = extractor.sources();
    if (sources.size() > 1) {
      throw new GodwitException(
          ExitCode.USAGE,
          "one database is moved at a time, and the URI names " + sources.size(),
          "name a database in the URI of the source");
    }
    return sources.get(0);
  }
}
