package dev.godwit.cli.command;

import dev.godwit.backup.BackupJob;
import dev.godwit.backup.BackupRequest;
import dev.godwit.cli.progress.RunView;
import dev.godwit.cli.run.Stores;
import dev.godwit.restore.MigrateJob;
import dev.godwit.restore.MigrateRequest;
import dev.godwit.restore.Migration;
import dev.godwit.restore.RestoreJob;
import dev.godwit.restore.RestoreRequest;
import dev.godwit.spi.extract.DatasetQuery;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.ObstructedException;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.plugin.Plugins;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Capability;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.SnapshotChoice;
import dev.godwit.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A migration by way of a vault: backed up there, then loaded from there. Killed while it loads, it
 * goes on with the same snapshot, which a tag of source, target and what is moved finds again;
 * killed before, it starts over.
 */
final class MigrationVia {
  private final MigrateRequest request;
  private final String tag;
  private final PluginContext context;
  private final RunView view;

  /** The migration of what is asked from one address to another. */
  MigrationVia(
      String source, String target, MigrateRequest request, PluginContext context, RunView view) {
    String what =
        Stores.identity(source, scheme -> Plugins.extractor(scheme).options())
            + ' '
            + Stores.identity(target, scheme -> Plugins.loader(scheme).options())
            + ' '
            + request.filter().scope()
            + request.queries().stream().map(DatasetQuery::toString).collect(Collectors.joining());
    UUID id = UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8));
    this.request = request;
    this.tag = "migrate-" + id.toString().substring(24);
    this.context = context;
    this.view = view;
  }

  /** The newest snapshot of this migration. */
  Optional<Manifest> earlier(Vault vault) {
    return vault.snapshots().stream()
        .filter(manifest -> manifest.complete() && manifest.tags().contains(tag))
        .max(Comparator.comparing(Manifest::finished));
  }

  /** Whether the load of a snapshot was begun in the target, and did not come to its end. */
  boolean goesOn(Vault vault, Manifest manifest, Loader loader) {
    try (Migration migration = load(vault, manifest, loader)) {
      return migration.unfinished();
    }
  }

  /**
   * Backs up what is to be moved, after it looked for what stands in the way of the load.
   *
   * @throws ObstructedException if anything does
   */
  Manifest backUp(Supplier<Vault> vault, Extractor extractor, Loader loader) {
    try (Migration direct = new MigrateJob(extractor, loader, request, context).open()) {
      ObstructedException.refuse(direct.obstacles());
    }
    BackupRequest backup =
        new BackupRequest(
            request.filter(), request.queries(), Optional.empty(), List.of(tag), false, false);
    return new BackupJob(extractor, backup, context).run(vault, view).get(0).manifest();
  }

  /**
   * The load of a snapshot, to be gone on with wherever it stands, where the target can tell where
   * that is; nothing is written yet.
   */
  Migration load(Vault vault, Manifest manifest, Loader loader) {
    RestoreRequest restore =
        new RestoreRequest(
            new SnapshotChoice(manifest.id(), Optional.empty()),
            DatasetFilter.ALL,
            request.mapping(),
            request.create(),
            loader.capabilities().contains(Capability.RESUME),
            request.goingOn());
    return new RestoreJob(vault, loader, restore, context).open();
  }
}
