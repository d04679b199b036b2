package dev.godwit.cli.command;

import dev.godwit.backup.BackupJob;
import dev.godwit.backup.BackupReport;
import dev.godwit.backup.BackupRequest;
import dev.godwit.cli.option.ChoiceOptions;
import dev.godwit.cli.option.JobsOption;
import dev.godwit.cli.option.NewVaultOptions;
import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.option.PasswordOptions;
import dev.godwit.cli.option.QueryKeyOption;
import dev.godwit.cli.option.QueryOptions;
import dev.godwit.cli.option.RecordOptions;
import dev.godwit.cli.option.RolesOption;
import dev.godwit.cli.option.SecretsOption;
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
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.Vault;
import dev.godwit.vault.key.KeyRing;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code godwit backup}. */
@Command(
    name = "backup",
    header = "Back up a database into a vault.",
    description =
        "Reads the database at one consistent instant, while others go on working with it, and"
            + " keeps in the vault what the vault does not hold yet.",
    footer = {
      "  godwit backup --init postgresql://me@host/shop /srv/vault",
      "  godwit backup --init --recipient godwit1... postgresql://me@host/shop /srv/vault",
      "  godwit backup postgresql://me@host/shop /srv/vault --tag before-upgrade",
      "  godwit backup postgresql://me@host/shop /srv/vault --exclude 'audit.*'",
      "  godwit backup postgresql:///shop?host=/run/postgresql /srv/vault --dry-run",
      "  godwit backup -q --password-file ~/.shop postgresql://me@host/shop /srv/vault"
    })
final class BackupCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "STORE",
      description = "The database, such as postgresql://user@host:5432/database.")
  private String store;

  @Parameters(
      index = "1",
      paramLabel = "VAULT",
      description = "The vault: a folder, or its s3:// or sftp:// address.")
  private String place;

  @Option(names = "--init", description = "Make the vault if there is none.")
  private boolean init;

  @Mixin private ChoiceOptions choice;
  @Mixin private RecordOptions records;
  @Mixin private QueryOptions queries;
  @Mixin private QueryKeyOption keys;
  @Mixin private RolesOption roles;
  @Mixin private SecretsOption secrets;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Call the source this, instead of by the server's own id and database.")
  private String source;

  @Option(
      names = "--tag",
      paramLabel = "WORD",
      description = "Give the snapshot a tag; may be repeated.")
  private List<String> tags = List.of();

  @Option(
      names = "--keep-going",
      description = "Leave out datasets that fail; the snapshot is then not complete (exit 3).")
  private boolean keepGoing;

  @Option(
      names = "--verify",
      description =
          "Read the database again, at the same instant, and compare it with what the vault gives"
              + " back (exit 4 if anything differs).")
  private boolean verify;

  @Option(names = "--dry-run", description = "Only say what would be read.")
  private boolean dryRun;

  @Mixin private JobsOption jobs;
  @Mixin private PasswordOptions password;
  @Mixin private VaultKeyOptions vaultKeys;
  @Mixin private NewVaultOptions newVault;
  @Mixin private OutputOptions output;
  private final Terminal terminal;

  BackupCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    requireName("--source", source);
    tags.forEach(tag -> requireName("--tag", tag));
    BackupRequest request =
        new BackupRequest(
            records.with(choice),
            queries.queries(choice, keys.keys()),
            Optional.ofNullable(source),
            tags,
            keepGoing,
            verify);
    int workers = jobs.jobs(terminal);
    RunView view = dryRun ? output.questionView(terminal) : output.runView(terminal, "backup");
    Trail trail = dryRun ? Trail.none() : Trail.changing("backup", terminal);
    trail.tell("store", Stores.shown(store));
    return Run.of(
        view,
        workers,
        verify ? 2 : 1,
        trail,
        context -> dryRun ? preview(request, trail, context) : run(request, trail, context, view));
  }

  /** A script's variable that is not set would file all databases under one name, which is none. */
  private static void requireName(String flag, String given) {
    if (given != null && given.isBlank()) {
      throw new GodwitException(
          ExitCode.USAGE, flag + " '" + given + "' is no name", "give one, or leave it out");
    }
  }

  private Outcome preview(BackupRequest request, Trail trail, PluginContext context) {
    // A vault that is missing is told before anything is asked of the store.
    LazyVault unused = openVault(trail, context);
    try (Extractor extractor =
        Stores.source(secrets.of(roles.of(store)), password.ofSource(), terminal, context)) {
      DatasetPlan plan = new DatasetPlan();
      new BackupJob(extractor, request, context).preview(plan::add);
      return plan.show(terminal, output.json(), "would be read");
    }
  }

  private LazyVault openVault(Trail trail, PluginContext context) {
    if (newVault.given() && !init) {
      throw new GodwitException(
          ExitCode.USAGE,
          "--recipient and --passphrase are for a vault that is made",
          "give --init too, or add a key to the one that is there: godwit key add");
    }
    GivenKeys given = vaultKeys.given(terminal);
    Optional<NewVault> fresh =
        init
            ? Optional.of(given.newVault(newVault.recipients(), newVault.passphrase(), context))
            : Optional.empty();
    KeyRing ring = verify ? given.toRead(context) : given.toWrite(context);
    return LazyVault.of(place, given, ring, fresh, terminal, trail, context);
  }

  private Outcome run(BackupRequest request, Trail trail, PluginContext context, RunView view) {
    long started = System.nanoTime();
    LazyVault vault = openVault(trail, context);
    if (verify) {
      vault.made().ifPresent(Vault::requireReading); // before anything is asked of the store
    }
    try (Extractor extractor =
        Stores.source(secrets.of(roles.of(store)), password.ofSource(), terminal, context)) {
      List<BackupReport> reports = new BackupJob(extractor, request, context).run(vault::get, view);
      BackupOutcome.tell(reports, trail);
      vault.writerKey().ifPresent(file -> view.note(WriterKeyText.of(file)));
      return BackupOutcome.of(reports, System.nanoTime() - started);
    }
  }
}
