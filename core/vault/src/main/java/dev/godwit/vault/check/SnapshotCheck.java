package dev.godwit.vault.check;

import dev.godwit.spi.dataset.Span;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.block.BlockKind;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.list.BlockLine;
import dev.godwit.vault.list.ContentsLine;
import dev.godwit.vault.list.ListKind;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.list.ObjectLine;
import dev.godwit.vault.list.PartitionLine;
import dev.godwit.vault.moved.MovedBlocks;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.snapshot.PartitionBlocks;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds snapshots against what they refer to: lists, and blocks in volumes; and what their
 * manifests say they came to against what their lists do. Safe for use by many threads.
 */
final class SnapshotCheck {
  private final Storage storage;
  private final VolumeCheck volumes;
  private final VolumeTables tables;
  private final MovedBlocks moved;
  private final Findings findings;
  private final Cancellation cancellation;
  private final Set<VolumeId> referred = ConcurrentHashMap.newKeySet();

  SnapshotCheck(
      Storage storage, VolumeCheck volumes, Findings findings, Cancellation cancellation) {
    this.storage = storage;
    this.volumes = volumes;
    this.tables = new VolumeTables(storage);
    this.moved = new MovedBlocks(storage);
    this.findings = findings;
    this.cancellation = cancellation;
  }

  /** The volumes that any snapshot refers to. */
  Set<VolumeId> referred() {
    return referred;
  }

  /** Looks at the snapshot of a manifest. */
  void check(String path) {
    findings.snapshot();
    String id = ManifestFile.idAt(path).orElseThrow();
    Manifest manifest;
    try {
      manifest = ManifestFile.read(storage, path);
    } catch (GodwitException e) {
      findings.failure(path, e, id + ": everything");
      return;
    }
    checkContents(path, manifest);
    manifest.objects().ifPresent(list -> checkObjects(list, id + ": definitions"));
  }

  private void checkObjects(String list, String hit) {
    try (ListReader lines = ListReader.open(storage, list, ListKind.OBJECTS)) {
      Optional<ObjectLine> line = lines.next(ObjectLine.class);
      while (line.isPresent()) {
        cancellation.check();
        line.get().object();
        line = lines.next(ObjectLine.class);
      }
    } catch (GodwitException e) {
      findings.failure(Layout.list(list), e, hit);
    } catch (IllegalArgumentException e) {
      findings.damage(Layout.list(list), e.getMessage(), hit);
    }
  }

  private void checkContents(String manifestPath, Manifest manifest) {
    String path = Layout.list(manifest.contents());
    Walk walk = new Walk(manifest, path);
    try (ListReader lines = ListReader.open(storage, manifest.contents(), ListKind.CONTENTS)) {
      Optional<ContentsLine> line = lines.next(ContentsLine.class);
      while (line.isPresent()) {
        cancellation.check();
        walk.line(line.get());
        line = lines.next(ContentsLine.class);
      }
      walk.endDataset();
    } catch (GodwitException e) {
      findings.failure(path, e, manifest.id() + ": everything");
      return;
    } catch (IllegalArgumentException e) {
      findings.damage(path, e.getMessage(), manifest.id() + ": everything");
      return;
    }
    Manifest.Totals told = manifest.totals();
    if (told.datasets() != walk.datasets
        || told.rows() != walk.rows
        || told.bytes() != walk.bytes
        || told.blocks() != walk.blocks) {
      findings.damage(
          manifestPath, "says other totals than its contents", manifest.id() + ": everything");
    }
  }

  /** Goes through the contents of one snapshot. */
  private final class Walk {
    private final Manifest manifest;
    private final String path;
    private String hit;
    private ContentsLine dataset;
    private DatasetName name;
    private int partitions;
    private Span before;
    private long datasetRows;
    private long datasetBytes;
    private long datasets;
    private long rows;
    private long bytes;
    private long blocks;

    Walk(Manifest manifest, String path) {
      this.manifest = manifest;
      this.path = path;
    }

    void line(ContentsLine line) {
      if (line.dataset() != null) {
        endDataset();
        dataset = line;
        name = line.dataset().dataset().name();
        hit = manifest.id() + ": " + name;
        partitions = 0;
        before = null;
        datasetRows = 0;
        datasetBytes = 0;
        datasets++;
      } else if (dataset == null) {
        throw new IllegalArgumentException("begins with a partition of no dataset");
      } else {
        partition(line.partition());
      }
    }

    private void partition(PartitionLine line) {
      Span span = line.span();
      Optional<String> reached = before == null ? Optional.empty() : before.to();
      boolean last = partitions == dataset.partitions() - 1;
      if (line.ordinal() != partitions
          || !span.from().equals(reached)
          || span.to().isEmpty() != last
          || (before != null && !before.axis().equals(span.axis()))) {
        findings.damage(path, "has partitions of " + name + " that do not tile it", hit);
      }
      before = span;
      partitions++;
      datasetRows += line.rows();
      datasetBytes += line.bytes();
      blocks += line.count();
      checkBlocks(line, path, name + "#" + line.ordinal(), hit);
    }

    void endDataset() {
      if (dataset == null) {
        return;
      }
      if (!Objects.equals(dataset.partitions(), partitions)
          || dataset.rows() != datasetRows
          || dataset.bytes() != datasetBytes) {
        findings.damage(path, "says other totals of " + name + " than of its partitions", hit);
      }
      rows += datasetRows;
      bytes += datasetBytes;
      dataset = null;
    }
  }

  private void checkBlocks(PartitionLine line, String contents, String partition, String hit) {
    String path = line.list() == null ? contents : Layout.list(line.list());
    long count = 0;
    long rows = 0;
    long bytes = 0;
    boolean inValue = false;
    try (PartitionBlocks blocks = new PartitionBlocks(storage, line)) {
      Optional<BlockLine> next = blocks.next();
      while (next.isPresent()) {
        cancellation.check();
        BlockRef ref = next.get().ref();
        inValue = ref.kind() == BlockKind.PIECE && !next.get().endsValue();
        count++;
        rows += ref.rows();
        bytes += ref.rawLength();
        checkBlock(ref, path, hit);
        next = blocks.next();
      }
    } catch (GodwitException e) {
      findings.failure(path, e, hit);
      return;
    } catch (IllegalArgumentException | NullPointerException e) {
      findings.damage(path, "has a block of " + partition + " that makes no sense", hit);
      return;
    }
    if (count != line.count() || rows != line.rows() || bytes != line.bytes() || inValue) {
      findings.damage(path, "lists other blocks of " + partition + " than were written", hit);
    }
  }

  private void checkBlock(BlockRef ref, String list, String hit) {
    referred.add(ref.volume());
    if (!volumes.isWhole(ref.volume())) {
      Optional<BlockRef> next = moved.find(ref);
      if (next.isPresent()) {
        volumes.checkIfNew(next.get().volume());
        checkBlock(next.get(), list, hit);
      } else {
        findings.missing(Layout.volume(ref.volume()), hit);
      }
    } else if (volumes.isBroken(ref)) {
      findings.hit(Layout.volume(ref.volume()), hit);
    } else {
      checkPlace(ref, list, hit);
    }
  }

  private void checkPlace(BlockRef ref, String list, String hit) {
    boolean holds;
    try {
      holds = tables.of(ref.volume()).holds(ref);
    } catch (GodwitException e) {
      BlockRef next = moved.find(ref).orElseThrow(() -> e); // rewritten since it was looked at
      volumes.checkIfNew(next.volume());
      checkBlock(next, list, hit);
      return;
    }
    if (!holds) {
      findings.damage(
          list, "names a block that " + Layout.volume(ref.volume()) + " does not hold", hit);
    }
  }
}
