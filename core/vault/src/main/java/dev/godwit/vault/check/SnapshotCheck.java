package dev.godwit.vault.check;

import dev.godwit.spi.dataset.Span;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.block.BlockKind;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.list.BlockLine;
import dev.godwit.vault.list.ContentsLine;
import dev.godwit.vault.list.ListKind;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.list.ObjectLine;
import dev.godwit.vault.list.PartitionLine;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.ManifestFile;
import dev.godwit.vault.snapshot.PartitionBlocks;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds snapshots against what they refer to: lists, and blocks in volumes; and what their
 * manifests say they came to against what their lists do. Safe for use by many threads.
 */
final class SnapshotCheck {
  private final VaultFiles files;
  private final BlockCheck blockCheck;
  private final Findings findings;
  private final Cancellation cancellation;
  private final Set<String> proven = ConcurrentHashMap.newKeySet();

  /** Lists of blocks in which nothing was found wrong: snapshots that share one read it once. */
  private final Map<String, Sum> whole = new ConcurrentHashMap<>();

  /** What is held while a list is read: whoever comes meanwhile waits, and need not read it. */
  private final Map<String, Object> turns = new ConcurrentHashMap<>();

  /** What the blocks of a partition come to. */
  private record Sum(long count, long rows, long bytes) {}

  SnapshotCheck(
      VaultFiles files, BlockCheck blockCheck, Findings findings, Cancellation cancellation) {
    this.files = files;
    this.blockCheck = blockCheck;
    this.findings = findings;
    this.cancellation = cancellation;
  }

  /** The paths of lists that were read to their end and proven. */
  Set<String> provenLists() {
    return proven;
  }

  /** Looks at the snapshot of a manifest. */
  void check(String path) {
    findings.snapshot();
    String id = ManifestFile.idAt(path).orElseThrow();
    Manifest manifest;
    Optional<String> references;
    try {
      manifest = ManifestFile.read(files, path);
      references = references(path);
    } catch (GodwitException e) {
      findings.failure(path, e, id + ": everything");
      return;
    }
    checkContents(path, manifest, references);
    manifest.objects().ifPresent(list -> checkObjects(list, id + ": definitions"));
  }

  /** Only an encrypted vault has such a list; a plain one's manifest is not read for it again. */
  private Optional<String> references(String path) {
    return files.writing().isPresent()
        ? ManifestFile.head(files, path).references()
        : Optional.empty();
  }

  private void checkObjects(String list, String hit) {
    try (ListReader lines = ListReader.open(files, list, ListKind.OBJECTS)) {
      Optional<ObjectLine> line = lines.next(ObjectLine.class);
      while (line.isPresent()) {
        cancellation.check();
        line.get().object();
        line = lines.next(ObjectLine.class);
      }
      proven.add(Layout.list(list));
    } catch (GodwitException e) {
      findings.failure(Layout.list(list), e, hit);
    } catch (IllegalArgumentException e) {
      findings.damage(Layout.list(list), e.getMessage(), hit);
    }
  }

  private ReferencesWalk walk(Optional<String> references, String hit) {
    try {
      return new ReferencesWalk(files, references);
    } catch (GodwitException e) {
      findings.failure(Layout.list(references.orElseThrow()), e, hit);
      return new ReferencesWalk(files, Optional.empty());
    }
  }

  private void checkContents(String manifestPath, Manifest manifest, Optional<String> references) {
    String path = Layout.list(manifest.contents());
    try (ReferencesWalk referred = walk(references, manifest.id() + ": everything");
        ListReader lines = ListReader.open(files, manifest.contents(), ListKind.CONTENTS)) {
      Walk walk = new Walk(manifest, path, referred);
      Optional<ContentsLine> line = lines.next(ContentsLine.class);
      while (line.isPresent()) {
        cancellation.check();
        walk.line(line.get());
        line = lines.next(ContentsLine.class);
      }
      walk.endDataset();
      referred.end();
      requireTotals(manifestPath, manifest, walk);
      proven.add(path);
    } catch (GodwitException e) {
      findings.failure(path, e, manifest.id() + ": everything");
    } catch (IllegalArgumentException e) {
      findings.damage(path, e.getMessage(), manifest.id() + ": everything");
    }
  }

  private void requireTotals(String manifestPath, Manifest manifest, Walk walk) {
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
    private final ReferencesWalk referred;
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

    Walk(Manifest manifest, String path, ReferencesWalk referred) {
      this.referred = referred;
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
      referred.expect(line);
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
    Sum told = new Sum(line.count(), line.rows(), line.bytes());
    if (line.list() == null) {
      readBlocks(line, told, contents, partition, hit);
      return;
    }
    synchronized (turns.computeIfAbsent(line.list(), list -> new Object())) {
      if (!told.equals(whole.get(line.list()))) {
        readBlocks(line, told, contents, partition, hit);
      }
    }
  }

  private void readBlocks(
      PartitionLine line, Sum told, String contents, String partition, String hit) {
    String path = line.list() == null ? contents : Layout.list(line.list());
    boolean sound = true;
    long count = 0;
    long rows = 0;
    long bytes = 0;
    boolean inValue = false;
    boolean said = true;
    try (PartitionBlocks blocks = new PartitionBlocks(files, line)) {
      Optional<BlockLine> next = blocks.next();
      while (next.isPresent()) {
        cancellation.check();
        BlockRef ref = next.get().ref();
        inValue = ref.kind() == BlockKind.PIECE && !next.get().endsValue();
        count++;
        said &= ref.rows() != BlockRef.UNTOLD && ref.rawLength() != BlockRef.UNTOLD;
        rows += ref.rows();
        bytes += ref.rawLength();
        sound &= blockCheck.check(ref, path, hit);
        next = blocks.next();
      }
    } catch (GodwitException e) {
      findings.failure(path, e, hit);
      return;
    } catch (IllegalArgumentException | NullPointerException e) {
      findings.damage(path, "has a block of " + partition + " that makes no sense", hit);
      return;
    }
    if (line.list() != null) {
      proven.add(path);
    }
    boolean other = said && (rows != line.rows() || bytes != line.bytes());
    if (count != line.count() || other || inValue) {
      findings.damage(path, "lists other blocks of " + partition + " than were written", hit);
    } else if (sound && line.list() != null) {
      whole.put(line.list(), told);
    }
  }
}
