package dev.godwit.compare;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Source;
import dev.godwit.transfer.SelectedRun;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.Vault;
import java.util.List;
import java.util.Optional;

/** One side of a comparison, to be opened once it is known which datasets are meant. */
public sealed interface CompareSide {
  /**
   * Opens it for the datasets that a filter takes; the caller closes the run.
   *
   * @throws GodwitException {@code USAGE} where a pattern of the filter matches none
   */
  ExtractRun open(DatasetFilter filter);

  /** The engine that its records come from. */
  String engine();

  /** What a comparison may expect of an opened run. */
  ComparedRun compared(ExtractRun run);

  /**
   * One database of a store.
   *
   * @param extractor stays open as long as its runs
   * @param database which is meant where the URI names none and the server has several; empty where
   *     that is nobody's to say
   */
  record Store(Extractor extractor, Optional<String> database) implements CompareSide {
    /** The one database that a store's URI names. */
    public Store(Extractor extractor) {
      this(extractor, Optional.empty());
    }

    @Override
    public ExtractRun open(DatasetFilter filter) {
      return extractor.begin(new ExtractRequest(one(extractor.sources()), filter));
    }

    private Source one(List<Source> sources) {
      if (sources.size() == 1) {
        return sources.get(0);
      }
      return sources.stream()
          .filter(source -> database.filter(source.database()::equals).isPresent())
          .findFirst()
          .orElseThrow(
              () ->
                  new GodwitException(
                      ExitCode.USAGE,
                      "one database is compared with one, and the URI names " + sources.size(),
                      "name a database in the URI"));
    }

    @Override
    public String engine() {
      return extractor.info().engine();
    }

    @Override
    public ComparedRun compared(ExtractRun run) {
      return ComparedRun.ofStore(run);
    }
  }

  /**
   * A snapshot of a vault.
   *
   * @param vault stays open as long as its runs
   */
  record Snapshot(Vault vault, Manifest manifest, PluginContext context) implements CompareSide {
    @Override
    public ExtractRun open(DatasetFilter filter) {
      ExtractRun run = vault.read(manifest, context);
      try {
        return SelectedRun.of(run, filter);
      } catch (RuntimeException e) {
        run.close();
        throw e;
      }
    }

    @Override
    public String engine() {
      return manifest.origin().engine();
    }

    @Override
    public ComparedRun compared(ExtractRun run) {
      return ComparedRun.ofSnapshot(run);
    }
  }
}
