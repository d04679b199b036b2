package dev.godwit.backup;

import dev.godwit.compare.CompareReport;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Source;
import dev.godwit.transfer.Transfer;
import dev.godwit.transfer.TransferListener;
import dev.godwit.transfer.TransferReport;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.SnapshotDraft;
import dev.godwit.vault.SnapshotWriter;
import dev.godwit.vault.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Backs up every source that a store's URI names, each into a snapshot of its own. */
public final class BackupJob {
  private final Extractor extractor;
  private final BackupRequest request;
  private final PluginContext context;

  /** A job over an open store; the store is not closed. */
  public BackupJob(Extractor extractor, BackupRequest request, PluginContext context) {
    this.extractor = extractor;
    this.request = request;
    this.context = context;
  }

  /** What a run would read: told dataset by dataset, nothing written. */
  public void preview(Consumer<Dataset> planned) {
    for (Source source : sources()) {
      try (ExtractRun run = extractor.begin(request.of(source));
          Stream<Dataset> datasets = run.catalogue().datasets()) {
        datasets.forEach(planned);
      }
    }
  }

  /**
   * Backs up, one source after the other.
   *
   * @param vault asked once a source was begun, so that bad input makes no vault; gives the same
   *     one each time, and whoever gave it closes it
   * @throws GodwitException if any source fails; the snapshots of those before it are sealed
   */
  public List<BackupReport> run(Supplier<Vault> vault, TransferListener listener) {
    List<BackupReport> reports = new ArrayList<>();
    for (Source source : sources()) {
      try (ExtractRun run = extractor.begin(request.of(source))) {
        reports.add(backUp(source, run, vault.get(), listener));
      }
    }
    return reports;
  }

  /** Backs up, as {@link #run(Supplier, TransferListener)}, into a vault that is already open. */
  public List<BackupReport> run(Vault vault, TransferListener listener) {
    return run(() -> vault, listener);
  }

  private List<Source> sources() {
    List<Source> sources = extractor.sources();
    if (request.sourceName().isEmpty()) {
      return sources;
    }
    if (sources.size() > 1) {
      throw new GodwitException(
          ExitCode.USAGE,
          "--source names one source, and the URI names " + sources.size(),
          "name a database in the URI");
    }
    return List.of(sources.get(0).named(request.sourceName().get()));
  }

  private BackupReport backUp(
      Source source, ExtractRun run, Vault vault, TransferListener listener) {
    Catalogue catalogue = run.catalogue();
    SnapshotDraft draft =
        new SnapshotDraft(
            source, run.info(), request.of(source).scope(), catalogue, request.tags());
    // Asked ahead: once a snapshot is sealed, no failure of the source may be told of it.
    List<Catalogue.LeftOut> without = catalogue.leftOut();
    try (SnapshotWriter writer = vault.write(draft, context)) {
      Transfer.FailurePolicy policy =
          request.keepGoing()
              ? (dataset, failure) -> writer.leaveOut(dataset, String.valueOf(failure.getMessage()))
              : Transfer.FailurePolicy.STOP;
      TransferReport moved =
          new Transfer(context.jobs(), context.cancellation(), listener, policy).run(run, writer);
      moved.definitionsAlone(source).ifPresent(context.warnings());
      Manifest manifest = writer.manifest();
      Optional<CompareReport> proof =
          request.verify() && moved.datasets() > 0
              ? Optional.of(new Proof(vault, context).of(run, manifest, listener))
              : Optional.empty();
      return new BackupReport(manifest, moved, without, writer.stored(), proof);
    }
  }
}
