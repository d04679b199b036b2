package dev.godwit.vault.snapshot;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.SnapshotDraft;
import dev.godwit.vault.SnapshotWriter;
import dev.godwit.vault.StoredBlocks;
import dev.godwit.vault.index.BlockIndex;
import dev.godwit.vault.index.KnownBlocks;
import dev.godwit.vault.index.UncoveredVolumes;
import dev.godwit.vault.list.ListKind;
import dev.godwit.vault.list.ListWriter;
import dev.godwit.vault.lock.Leftovers;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.storage.StorageFailure;
import dev.godwit.vault.volume.VolumeLimits;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes a snapshot. The order makes a vault valid at any moment: volumes, lists, the index, and
 * the manifest last.
 */
public final class SnapshotLoad implements SnapshotWriter {
  private static final String WRITER = "godwit 0.1.0";

  private final VaultRun run;
  private final Storage storage;
  private final SnapshotDraft draft;
  private final PluginContext context;
  private final Instant started;
  private final Presence presence;
  private final BlockStore store;
  private final WrittenContents contents = new WrittenContents();
  private final ReliedOn relied;
  private final DefinitionsBeside definitions;
  private final List<SchemaObject> state = new ArrayList<>();
  private ExtractRun.Conclusion conclusion;
  private Manifest manifest;

  /**
   * Takes a lock, makes the index ready and begins to read the definitions; nothing of a snapshot
   * is written yet.
   */
  public SnapshotLoad(
      VaultFiles files, VolumeLimits limits, SnapshotDraft draft, PluginContext context) {
    this.run = files.begin(draft.source().id());
    this.storage = files.storage();
    this.draft = draft;
    this.context = context;
    this.presence =
        new Presence(files, run.inTheOpen("backup", draft.source().id()), context.warnings());
    try {
      context.cancellation().check();
      new Leftovers(storage, context.warnings()).clear();
      context.cancellation().check();
      this.started = now();
      BlockIndex index = BlockIndex.open(run, context.warnings());
      new UncoveredVolumes(run, index, context.cancellation(), context.warnings()).cover();
      context.cancellation().check();
      index.merge();
      this.store = new BlockStore(run, new KnownBlocks(storage, index), limits, context);
      store.heed(presence.marked());
      this.relied = new ReliedOn(files, presence, store, contents, context);
      this.definitions = new DefinitionsBeside(draft.catalogue(), context.cancellation());
    } catch (RuntimeException e) {
      presence.close();
      throw e;
    }
  }

  private Instant now() {
    try {
      return storage.now().truncatedTo(ChronoUnit.MILLIS);
    } catch (IOException e) {
      throw StorageFailure.writing(storage, "its clock", e);
    }
  }

  @Override
  public void prepare(Dataset dataset) {
    contents.prepare(dataset);
  }

  @Override
  public boolean holds(Partition partition) {
    return false; // a snapshot is written in one run; what an earlier one stored is found by its id
  }

  @Override
  public RecordWriter open(Dataset dataset, Partition partition) {
    contents.requirePrepared(dataset.name());
    definitions.check();
    return new PartitionWriter(partition, store, contents, new BlockListDraft(run, presence::goes));
  }

  @Override
  public void leaveOut(DatasetName dataset, String reason) {
    contents.leaveOut(dataset, reason);
  }

  @Override
  public Stream<Lost> lost() {
    return relied.lost();
  }

  @Override
  public List<Stage> finish(ExtractRun.Conclusion conclusion) {
    this.conclusion = conclusion;
    state.addAll(conclusion.state());
    return List.of();
  }

  @Override
  public LoadReport complete() {
    if (conclusion == null || manifest != null) {
      throw new IllegalStateException("a snapshot is completed once, after it was finished");
    }
    relied.requireVolumes();
    try (References references = References.of(run, presence::goes)) {
      return seal(references);
    }
  }

  private LoadReport seal(References references) {
    String listed = writeContents(references);
    DefinitionsBeside.Taken taken = definitions.taken();
    Optional<String> objects = writeObjects(taken.objects());
    ReliedOn.Lists lists = new ReliedOn.Lists(listed, objects, references.commit());
    relied.require(lists);
    Manifest.Totals totals = contents.totals();
    Instant finished = finished();
    Manifest sealed =
        ManifestFile.write(
            run,
            new Manifest(
                "",
                "FULL",
                draft.source(),
                draft.origin(),
                draft.scope(),
                contents.leftOut().isEmpty(),
                contents.leftOut(),
                conclusion.point(),
                started.isAfter(finished) ? finished : started,
                finished,
                draft.tags(),
                new Manifest.Totals(
                    totals.datasets(),
                    totals.rows(),
                    totals.bytes(),
                    totals.blocks(),
                    store.stored().newBytes()),
                taken.notCarried(),
                listed,
                objects,
                WRITER,
                Optional.empty()),
            lists.references());
    relied.requireStillThere(sealed, lists);
    manifest = sealed;
    new Bundles(storage).gather(context.warnings());
    return new LoadReport(manifest.id(), List.of()); // the manifest says what is missing
  }

  /** Snapshots are in the order of their times, even where the clock was set back between them. */
  private Instant finished() {
    Instant now = now();
    Optional<Instant> newest = new Snapshots(run.files()).newest();
    return newest.filter(last -> !last.isBefore(now)).map(last -> last.plusMillis(1)).orElse(now);
  }

  private String writeContents(References references) {
    try (ListWriter list = new ListWriter(run, ListKind.CONTENTS, presence::goes)) {
      contents.writeTo(list, references);
      return list.commit();
    }
  }

  private Optional<String> writeObjects(SetAsideObjects objects) {
    state.forEach(objects::add);
    try (ListWriter list = new ListWriter(run, ListKind.OBJECTS, presence::goes)) {
      long written = objects.writeTo(list, contents.namesLeftOut(), context.cancellation());
      return written > 0 ? Optional.of(list.commit()) : Optional.empty();
    }
  }

  @Override
  public Manifest manifest() {
    if (manifest == null) {
      throw new IllegalStateException("the snapshot was not completed");
    }
    return manifest;
  }

  @Override
  public StoredBlocks stored() {
    if (manifest == null) {
      throw new IllegalStateException("the snapshot was not completed");
    }
    return store.stored().plus(contents.reused());
  }

  @Override
  public void close() {
    try (presence;
        contents;
        definitions) {
      store.close();
    }
  }
}
