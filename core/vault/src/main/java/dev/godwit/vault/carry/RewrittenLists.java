package dev.godwit.vault.carry;

import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.carry.BlockMover.Moving;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.list.BlockLine;
import dev.godwit.vault.list.ContentsLine;
import dev.godwit.vault.list.ListKind;
import dev.godwit.vault.list.ListReader;
import dev.godwit.vault.list.ListWriter;
import dev.godwit.vault.list.PartitionLine;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.snapshot.BlockListDraft;
import dev.godwit.vault.snapshot.PartitionBlocks;
import dev.godwit.vault.snapshot.References;
import dev.godwit.vault.storage.StorageFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Writes the lists of a snapshot anew, its blocks at other places. The lists are walked ahead of
 * what is written, so that blocks on their way are many enough to keep a network busy, and few
 * enough to fit in memory. Used by one thread.
 */
public final class RewrittenLists implements AutoCloseable {
  /** What blocks on their way may take in memory, but for one that is larger. */
  private static final long AHEAD = 16 << 20;

  /** Steps that wait, for blocks that are not moved cost none of that. */
  private static final int STEPS_AHEAD = 4096;

  private final VaultFiles from;
  private final VaultRun to;
  private final BlockMover mover;
  private final Predicate<DatasetName> leftOut;
  private final Predicate<String> going;
  private final Cancellation cancellation;
  private final Deque<Step> steps = new ArrayDeque<>();
  private final ListWriter contents;
  private final References references;
  private BlockListDraft partition;
  private long ahead;
  private long datasets;
  private long rows;
  private long bytes;
  private long blocks;

  private sealed interface Step {
    record Dataset(ContentsLine line) implements Step {}

    record Block(BlockLine line, Moving moving) implements Step {}

    record EndOfPartition(PartitionLine line) implements Step {}
  }

  /**
   * What was written.
   *
   * @param contents id of the new contents
   * @param references id of the list of all that they refer to, where there is one
   * @param totals of them, with nothing said of new bytes
   */
  public record Written(String contents, Optional<String> references, Manifest.Totals totals) {}

  /**
   * Begins.
   *
   * @param leftOut datasets that are not written
   * @param going whether a list is about to be removed, and may not be relied on
   */
  public RewrittenLists(
      VaultFiles from,
      VaultRun to,
      BlockMover mover,
      Predicate<DatasetName> leftOut,
      Predicate<String> going,
      Cancellation cancellation) {
    this.from = from;
    this.to = to;
    this.mover = mover;
    this.leftOut = leftOut;
    this.going = going;
    this.cancellation = cancellation;
    this.contents = new ListWriter(to, ListKind.CONTENTS, going);
    this.references = References.of(to, going);
    this.partition = new BlockListDraft(to, going);
  }

  /**
   * Writes the contents and the lists of blocks.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code DAMAGED} where a list is missing or bent,
   *     and what the mover throws
   */
  public Written write(Manifest manifest) {
    String path = Layout.list(manifest.contents());
    try (ListReader lines = ListReader.open(from, manifest.contents(), ListKind.CONTENTS)) {
      boolean skipped = false;
      Optional<ContentsLine> next = lines.next(ContentsLine.class);
      while (next.isPresent()) {
        ContentsLine line = next.get();
        if (line.dataset() != null) {
          skipped = leftOut.test(new DatasetName(line.dataset().name()));
          if (!skipped) {
            add(new Step.Dataset(line), 0);
          }
        } else if (!skipped) {
          walk(line.partition(), path);
        }
        next = lines.next(ContentsLine.class);
      }
    }
    while (!steps.isEmpty()) {
      take();
    }
    return new Written(
        contents.commit(),
        references.commit(),
        new Manifest.Totals(datasets, rows, bytes, blocks, 0));
  }

  private void walk(PartitionLine line, String contentsPath) {
    String path = line.list() == null ? contentsPath : Layout.list(line.list());
    try (PartitionBlocks listed = new PartitionBlocks(from, line)) {
      Optional<BlockLine> next = listed.next();
      while (next.isPresent()) {
        cancellation.check();
        Moving moving = mover.move(ref(next.get(), path));
        add(new Step.Block(next.get(), moving), moving.bytes());
        next = listed.next();
      }
    }
    add(new Step.EndOfPartition(line), 0);
  }

  private BlockRef ref(BlockLine line, String path) {
    try {
      return line.ref();
    } catch (RuntimeException e) {
      throw StorageFailure.damaged(from.storage(), path, "has a block that makes no sense", e);
    }
  }

  private void add(Step step, long weight) {
    steps.add(step);
    ahead += weight;
    while (ahead > AHEAD || steps.size() > STEPS_AHEAD) {
      take();
    }
  }

  private void take() {
    Step step = steps.remove();
    if (step instanceof Step.Dataset dataset) {
      contents.add(dataset.line());
      datasets++;
    } else if (step instanceof Step.Block block) {
      ahead -= block.moving().bytes();
      try (Moving moving = block.moving()) {
        partition.add(moving.place(), block.line().endsValue());
      }
    } else if (step instanceof Step.EndOfPartition end) {
      end(end.line());
    }
  }

  private void end(PartitionLine line) {
    if (partition.count() != line.count()) {
      throw StorageFailure.damaged(
          from.storage(),
          line.list() == null ? "a list of contents" : Layout.list(line.list()),
          "lists " + partition.count() + " blocks of " + line.count(),
          null);
    }
    BlockListDraft.Written listed = partition.commit();
    partition.close();
    partition = new BlockListDraft(to, going);
    PartitionLine written =
        new PartitionLine(
            line.ordinal(),
            line.axis(),
            line.from(),
            line.to(),
            line.rows(),
            line.bytes(),
            line.count(),
            listed.inline(),
            listed.list());
    contents.add(new ContentsLine(null, null, null, null, written));
    references.add(written);
    rows += line.rows();
    bytes += line.bytes();
    blocks += line.count();
  }

  /** Writes the list of objects anew, line by line; nothing where there is none. */
  public static Optional<String> objects(
      VaultFiles from,
      VaultRun to,
      Manifest manifest,
      Predicate<String> going,
      Cancellation cancellation) {
    return manifest
        .objects()
        .map(
            id -> {
              try (ListReader lines = ListReader.open(from, id, ListKind.OBJECTS);
                  ListWriter list = new ListWriter(to, ListKind.OBJECTS, going)) {
                Optional<String> line = lines.nextLine();
                while (line.isPresent()) {
                  cancellation.check();
                  list.addRaw(line.get().getBytes(StandardCharsets.UTF_8));
                  line = lines.nextLine();
                }
                return list.commit();
              }
            });
  }

  @Override
  public void close() {
    for (Step step : steps) {
      if (step instanceof Step.Block block) {
        block.moving().close();
      }
    }
    steps.clear();
    partition.close();
    contents.close();
    references.close();
  }
}
