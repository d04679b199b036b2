package dev.godwit.cli.command;

import dev.godwit.cli.option.ChoiceOptions;
import dev.godwit.cli.option.IfExistsOption;
import dev.godwit.cli.option.JobsOption;
import dev.godwit.cli.option.KeepGoingOption;
import dev.godwit.cli.option.KeyOptions;
import dev.godwit.cli.option.MappingOptions;
import dev.godwit.cli.option.NewVaultOptions;
import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.option.OwnerOptions;
import dev.godwit.cli.option.QueryOptions;
import dev.godwit.cli.option.RecordOptions;
import dev.godwit.cli.option.RolesOption;
import dev.godwit.cli.option.SecretsOption;
import dev.godwit.cli.option.StoresOptions;
import dev.godwit.cli.option.VaultKeyOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.progress.RunView;
import dev.godwit.cli.run.GivenKeys;
import dev.godwit.cli.run.LazyVault;
import dev.godwit.cli.run.NewVault;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.Stores;
import dev.godwit.cli.run.Trail;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.compare.CompareReport;
import dev.godwit.restore.GoingOn;
import dev.godwit.restore.MigrateJob;
import dev.godwit.restore.MigrateRequest;
import dev.godwit.restore.Migration;
import dev.godwit.restore.MoveReport;
import dev.godwit.restore.RestoreReport;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.Manifest;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code godwit migrate}. */
@Command(
    name = "migrate",
    header = "Move a database from one store into another.",
    description =
        "Reads the source at one consistent instant, while others go on working with it, and"
            + " writes it into a database that is empty; nothing is ever cleared. What stands in"
            + " the way is found before anything is written.",
    footer = {
      "  godwit migrate --create postgresql://me@old/shop postgresql://me@new/shop",
      "  godwit migrate postgresql://me@host/shop postgresql://me@host/copy --dry-run",
      "  godwit migrate postgresql://me@host/shop postgresql://me@host/copy --verify \\",
      "      --where \"orders=placed >= '2026-01-01'\" --rename orders=orders_2026",
      "  godwit migrate postgresql://me@host/shop mongodb://host/shop --key orders=id \\",
      "      --query \"orders=select o.*, (select jsonb_agg(i) from items i",
      "          where i.order_id = o.id) as items from orders o\"",
      "  godwit migrate postgresql://me@host/shop redis://cache --include customers \\",
      "      --key 'customer:{id}' --expires 12h"
    })
final class MigrateCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description = "The database to read, such as postgresql://user@host:5432/database.")
  private String source;

  @Parameters(index = "1", paramLabel = "TARGET", description = "The database to write.")
  private String target;

  @Option(names = "--create", description = "Make the target database if there is none.")
  private boolean create;

  @Mixin private ChoiceOptions choice;
  @Mixin private RecordOptions records;
  @Mixin private QueryOptions queries;
  @Mixin private KeyOptions keys;
  @Mixin private RolesOption roles;
  @Mixin private SecretsOption secrets;
  @Mixin private MappingOptions mapping;
  @Mixin private IfExistsOption ifExists;
  @Mixin private OwnerOptions owners;
  @Mixin private KeepGoingOption keepGoing;

  @Option(
      names = "--via",
      paramLabel = "VAULT",
      description = {
        "Back up into this vault first (it is made if there is none), and load",
        "from there: killed while it loads, the same command goes on with the",
        "same snapshot. The vault keeps what was read, before masks."
      })
  private String via;

  @Option(
      names = "--verify",
      description =
          "Read the source again, at the same instant, and compare it with the target (exit 4 if"
              + " anything differs).")
  private boolean verify;

  @Option(
      names = "--dry-run",
      description = "Only say what would be moved, and what stands in the way.")
  private boolean dryRun;

  @Mixin private JobsOption jobs;
  @Mixin private StoresOptions stores;
  @Mixin private VaultKeyOptions vaultKeys;
  @Mixin private NewVaultOptions newVault;
  @Mixin private OutputOptions output;
  private final Terminal terminal;

  MigrateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (via == null) {
      newVault.flag().or(vaultKeys::flag).ifPresent(MigrateCommand::refuseWithoutVault);
    }
    DatasetFilter filter = records.with(choice);
    MigrateRequest request =
        new MigrateRequest(
            filter,
            queries.queries(choice, keys.ofQueries()),
            mapping.with(filter, keys.choices(), terminal),
            create,
            verify && via == null,
            via == null ? GoingOn.ANEW : GoingOn.AGAIN);
    int workers = jobs.jobs(terminal);
    RunView view = dryRun ? output.questionView(terminal) : output.runView(terminal, "migrate");
    Trail trail = via == null || dryRun ? Trail.none() : Trail.changing("migrate", terminal);
    trail.tell("store", Stores.shown(source));
    trail.tell("target", Stores.shown(target));
    return Run.of(
        view,
        workers,
        2,
        trail,
        context ->
            via == null || dryRun
                ? run(request, context, view)
                : runVia(request, trail, context, view));
  }

  /** Whoever asks for encryption must not believe that there is any. */
  private static void refuseWithoutVault(String flag) {
    throw new GodwitException(
        ExitCode.USAGE,
        flag + " is for a vault, and a migration without --via goes through none",
        "add --via VAULT, or leave it out");
  }

  private Outcome run(MigrateRequest request, PluginContext context, RunView view) {
    long started = System.nanoTime();
    try (Extractor extractor =
            Stores.source(secrets.of(roles.of(source)), stores.ofSource(), terminal, context);
        Loader loader =
            Stores.target(
                keepGoing.of(roles.ofTarget(owners.of(ifExists.of(target)))),
                stores.ofTarget(),
                terminal,
                context);
        Migration migration = new MigrateJob(extractor, loader, request, context).open()) {
      mapping.save(
          migration.mapping(),
          "What becomes of "
              + migration.run().source().address()
              + " in "
              + loader.info().engine());
      if (dryRun) {
        return MigrationPreview.of(
            migration, "would be moved", "the migration", terminal, output.json(), context);
      }
      MoveReport report = migration.move(view);
      Optional<CompareReport> proof = proof(migration, report, context, view);
      return MigrateOutcome.of(report, proof, System.nanoTime() - started);
    }
  }

  private LazyVault openVia(Trail trail, PluginContext context) {
    GivenKeys given = vaultKeys.given(terminal);
    NewVault fresh = given.newVault(newVault.recipients(), newVault.passphrase(), context);
    return LazyVault.of(
        via, given, given.toRead(context), Optional.of(fresh), terminal, trail, context);
  }

  private Outcome runVia(MigrateRequest request, Trail trail, PluginContext context, RunView view) {
    long started = System.nanoTime();
    MigrationVia way =
        new MigrationVia(secrets.of(roles.of(source)), target, request, context, view);
    LazyVault vault = openVia(trail, context);
    try (Loader loader =
        Stores.target(
            keepGoing.of(roles.ofTarget(owners.of(ifExists.of(target)))),
            stores.ofTarget(),
            terminal,
            context)) {
      Optional<Manifest> earlier = vault.made().flatMap(way::earlier);
      Manifest manifest;
      if (earlier.isPresent() && way.goesOn(vault.get(), earlier.get(), loader)) {
        manifest = earlier.get();
        view.note("goes on with the load of snapshot " + manifest.id());
      } else {
        if (earlier.isPresent()) {
          view.note("starts over: the source cannot show the same instant again");
        }
        try (Extractor extractor =
            Stores.source(secrets.of(roles.of(source)), stores.ofSource(), terminal, context)) {
          manifest = way.backUp(vault::get, extractor, loader);
        }
      }
      trail.tell("snapshot", manifest.id());
      try (Migration migration = way.load(vault.get(), manifest, loader)) {
        mapping.save(migration.mapping(), "What becomes of snapshot " + manifest.id());
        MoveReport moved = migration.move(view);
        Optional<CompareReport> proof = proof(migration, moved, context, view);
        RestoreReport report = RestoreReport.of(manifest, moved);
        return RestoreOutcome.of(report, moved, proof, System.nanoTime() - started);
      }
    }
  }

  private Optional<CompareReport> proof(
      Migration migration, MoveReport moved, PluginContext context, RunView view) {
    if (!verify || moved.transfer().datasets() == 0) {
      return Optional.empty();
    }
    try (Extractor written = Stores.written(target, stores.ofTarget(), terminal, context)) {
      return Optional.of(MoveProof.of(migration, written, context, view));
    }
  }
}
