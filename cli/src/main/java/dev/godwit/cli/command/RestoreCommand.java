package dev.godwit.cli.command;

import dev.godwit.cli.option.ChoiceOptions;
import dev.godwit.cli.option.IfExistsOption;
import dev.godwit.cli.option.JobsOption;
import dev.godwit.cli.option.KeepGoingOption;
import dev.godwit.cli.option.KeyOptions;
import dev.godwit.cli.option.MappingOptions;
import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.option.OwnerOptions;
import dev.godwit.cli.option.PasswordOptions;
import dev.godwit.cli.option.RestoredRolesOption;
import dev.godwit.cli.option.SnapshotOptions;
import dev.godwit.cli.option.VaultKeyOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.progress.RunView;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.Stores;
import dev.godwit.cli.run.Trail;
import dev.godwit.cli.run.VaultOrTar;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.compare.CompareReport;
import dev.godwit.restore.GoingOn;
import dev.godwit.restore.Migration;
import dev.godwit.restore.MoveReport;
import dev.godwit.restore.RestoreJob;
import dev.godwit.restore.RestoreReport;
import dev.godwit.restore.RestoreRequest;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.Vault;
import dev.godwit.vault.key.KeyRing;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code godwit restore}. */
@Command(
    name = "restore",
    header = "Restore a snapshot, or a part of it, into a database.",
    description =
        "Restores into a database that is empty; one that is not is refused, and nothing is ever"
            + " cleared. What the target lacks is found before anything is written.",
    footer = {
      "  godwit restore --create /srv/vault postgresql://me@host/shop_copy",
      "  godwit restore /srv/vault postgresql://me@host/shop --snapshot tag:before-upgrade",
      "  godwit restore /srv/vault postgresql://me@host/shop --include orders \\",
      "      --rename orders=orders_old",
      "  godwit restore /srv/vault postgresql://me@host/shop_copy --resume",
      "  godwit restore --create shop.tar postgresql://me@host/shop_copy",
      "  godwit restore --create --identity me.identity shop.tar postgresql://me@host/shop_copy"
    })
final class RestoreCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "VAULT",
      description =
          "The vault: a folder, or its s3:// or sftp:// address; or a tar of 'godwit export', - for"
              + " one from standard input.")
  private String place;

  @Parameters(
      index = "1",
      paramLabel = "STORE",
      description = "The database, such as postgresql://user@host:5432/database.")
  private String store;

  @Mixin private SnapshotOptions snapshot;

  @Option(names = "--create", description = "Make the database if there is none.")
  private boolean create;

  @Mixin private ChoiceOptions choice;
  @Mixin private KeyOptions keys;
  @Mixin private MappingOptions mapping;
  @Mixin private IfExistsOption ifExists;
  @Mixin private OwnerOptions owners;
  @Mixin private RestoredRolesOption roles;
  @Mixin private KeepGoingOption keepGoing;

  @Option(
      names = "--resume",
      description = "Go on with a restore that was killed; each partition is loaded exactly once.")
  private boolean resume;

  @Option(
      names = "--verify",
      description =
          "Read what was restored back from the database, and compare it with the snapshot (exit 4"
              + " if anything differs).")
  private boolean verify;

  @Option(
      names = "--dry-run",
      description = "Only say what would be restored, and what stands in the way.")
  private boolean dryRun;

  @Mixin private JobsOption jobs;
  @Mixin private PasswordOptions password;
  @Mixin private VaultKeyOptions vaultKeys;
  @Mixin private OutputOptions output;
  private final Terminal terminal;

  RestoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    DatasetFilter filter =
        new DatasetFilter(choice.include(), choice.exclude(), List.of(), List.of());
    keys.refuseQueries();
    RestoreRequest request =
        new RestoreRequest(
            snapshot.choice(),
            filter,
            mapping.with(filter, keys.choices(), terminal),
            create,
            resume,
            GoingOn.RESUME);
    int workers = jobs.jobs(terminal);
    RunView view = dryRun ? output.questionView(terminal) : output.runView(terminal, "restore");
    Trail trail = dryRun ? Trail.none() : Trail.reading("restore", terminal);
    trail.tell("target", Stores.shown(store));
    return Run.of(
        view, workers, verify ? 2 : 1, trail, context -> run(request, trail, context, view));
  }

  private Outcome run(RestoreRequest request, Trail trail, PluginContext context, RunView view) {
    KeyRing ring = vaultKeys.given(terminal).toRead(context);
    try (VaultOrTar opened = VaultOrTar.open(place, ring, terminal, trail, context, view)) {
      Manifest manifest = opened.vault().find(request.snapshot());
      trail.tell("snapshot", manifest.id());
      return restore(opened.vault(), manifest, request, trail, context, view);
    }
  }

  private Outcome restore(
      Vault vault,
      Manifest manifest,
      RestoreRequest request,
      Trail trail,
      PluginContext context,
      RunView view) {
    long started = System.nanoTime();
    try (Loader loader =
            Stores.target(
                keepGoing.of(roles.of(owners.of(ifExists.of(store)))),
                password.ofTarget(),
                terminal,
                context);
        Migration migration = new RestoreJob(vault, loader, request, context).open()) {
      mapping.save(
          migration.mapping(),
          "What becomes of snapshot " + manifest.id() + " in " + loader.info().engine());
      if (dryRun) {
        String what = "would be restored of snapshot " + manifest.id();
        return MigrationPreview.of(
            migration, what, "the restore", terminal, output.json(), context);
      }
      if (request.filter().takesAll()) {
        view.total(manifest.totals().bytes());
      }
      MoveReport moved = migration.move(view);
      trail.count("rows", moved.transfer().rows());
      RestoreReport report = RestoreReport.of(manifest, moved);
      Optional<CompareReport> proof = proof(migration, moved, context, view);
      return RestoreOutcome.of(report, moved, proof, System.nanoTime() - started);
    }
  }

  private Optional<CompareReport> proof(
      Migration migration, MoveReport moved, PluginContext context, RunView view) {
    if (!verify || moved.transfer().datasets() == 0) {
      return Optional.empty();
    }
    try (Extractor target = Stores.written(store, password.ofTarget(), terminal, context)) {
      return Optional.of(MoveProof.of(migration, target, context, view));
    }
  }
}
