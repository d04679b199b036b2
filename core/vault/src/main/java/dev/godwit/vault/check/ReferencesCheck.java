package dev.godwit.vault.check;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.vault.SnapshotHead;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.list.BlockLine;
import dev.godwit.vault.list.ListKind;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.list.ReferenceLine;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.ManifestFile;
import java.util.Optional;

/**
 * Looks at what snapshots of an encrypted vault refer to, with a writer's key alone. Safe for use
 * by many threads.
 */
final class ReferencesCheck {
  private final VaultFiles files;
  private final BlockCheck blocks;
  private final Findings findings;
  private final Cancellation cancellation;

  ReferencesCheck(
      VaultFiles files, BlockCheck blocks, Findings findings, Cancellation cancellation) {
    this.files = files;
    this.blocks = blocks;
    this.findings = findings;
    this.cancellation = cancellation;
  }

  /** Looks at the snapshot of a manifest. */
  void check(String path) {
    findings.snapshot();
    String id = ManifestFile.idAt(path).orElseThrow();
    String hit = id + ": everything";
    try {
      SnapshotHead head = ManifestFile.head(files, path);
      requireWhole(head.contents(), hit);
      head.objects().ifPresent(list -> requireWhole(list, id + ": definitions"));
      checkReferences(head.references().orElseThrow(), hit);
    } catch (GodwitException e) {
      findings.failure(path, e, hit);
    }
  }

  private void requireWhole(String list, String hit) {
    if (!ListReader.isWhole(files.storage(), list)) {
      findings.damage(Layout.list(list), "is missing, or has another hash than its name", hit);
    }
  }

  private void checkReferences(String list, String hit) {
    String path = Layout.list(list);
    try (ListReader lines = ListReader.open(files, list, ListKind.REFERENCES)) {
      Optional<ReferenceLine> line = lines.next(ReferenceLine.class);
      while (line.isPresent()) {
        cancellation.check();
        if (line.get().list() == null) {
          blocks.check(line.get().block().ref(), path, hit);
        } else {
          checkList(line.get().list(), hit);
        }
        line = lines.next(ReferenceLine.class);
      }
    } catch (GodwitException e) {
      findings.failure(path, e, hit);
    } catch (IllegalArgumentException | NullPointerException e) {
      findings.damage(path, "has a line that makes no sense", hit);
    }
  }

  private void checkList(String list, String hit) {
    String path = Layout.list(list);
    try (ListReader lines = ListReader.open(files, list, ListKind.BLOCKS)) {
      Optional<BlockLine> block = lines.next(BlockLine.class);
      while (block.isPresent()) {
        cancellation.check();
        blocks.check(block.get().ref(), path, hit);
        block = lines.next(BlockLine.class);
      }
    } catch (GodwitException e) {
      findings.failure(path, e, hit);
    } catch (IllegalArgumentException | NullPointerException e) {
      findings.damage(path, "has a block that makes no sense", hit);
    }
  }
}
