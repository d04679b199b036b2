package dev.godwit.compare;

import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.run.LossCount;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.transfer.TransferEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Compares what two runs show, dataset by dataset.
 *
 * <p>Memory is bounded by the heap: a thirty-second of it for buckets, an eighth for rows that are
 * open. Rows' bytes are set aside in temporary files of a gigabyte at most.
 */
public final class Comparison {
  private static final long SPOOLED = 1L << 30;

  private final ComparedRun a;
  private final ComparedRun b;
  private final Renames renames;
  private final int shown;
  private final CompareListener listener;
  private final LossCount losses = new LossCount(OnLossy.WARN);
  private final SideShapes shapes;
  private final FirstPass firstPass;
  private final SecondPass secondPass;
  private long datasets;
  private long different;
  private long rowsA;
  private long rowsB;

  /**
   * A comparison of two runs; neither is closed.
   *
   * @param renames what datasets of A are called in B, where that is something else
   * @param shown how many differences of each dataset are told, the first by key; {@link
   *     Integer#MAX_VALUE} for all, in no order
   * @param context its jobs are those of each side
   */
  public Comparison(
      ComparedRun a,
      ComparedRun b,
      Renames renames,
      int shown,
      PluginContext context,
      CompareListener listener) {
    this(a, b, renames, shown, context, listener, Runtime.getRuntime().maxMemory());
  }

  /** A comparison that behaves as if the heap were so many bytes. */
  Comparison(
      ComparedRun a,
      ComparedRun b,
      Renames renames,
      int shown,
      PluginContext context,
      CompareListener listener,
      long heap) {
    this.a = a;
    this.b = b;
    this.renames = renames;
    this.shown = shown;
    this.listener = listener;
    this.shapes = new SideShapes(a, b, context);
    BothSides once = new BothSides(a, b, new AsMapped(losses, context), context, listener);
    BothSides again =
        new BothSides(a, b, new AsMapped(new LossCount(OnLossy.WARN), context), context, listener);
    this.firstPass =
        new FirstPass(once, pair -> SentPair.of(pair, a, b), context.jobs(), heap / 32);
    this.secondPass = new SecondPass(again, heap / 8, SPOOLED);
  }

  /**
   * Compares.
   *
   * @throws GodwitException {@code FAILED} where neither side has a dataset, or one cannot be read
   */
  public CompareReport run() {
    new Pairing(a, b, renames, shapes).run(this::compare);
    if (datasets == 0) {
      throw new GodwitException(
          ExitCode.FAILED,
          "nothing was compared: neither side holds a dataset",
          "look whether both name the right database, and whether the user may see its tables");
    }
    List<String> remarks = new ArrayList<>();
    a.remark(Side.A).ifPresent(remarks::add);
    b.remark(Side.B).ifPresent(remarks::add);
    remarkLosses(remarks);
    return new CompareReport(datasets, different, rowsA, rowsB, remarks);
  }

  private void remarkLosses(List<String> remarks) {
    LossCount.Report report = losses.report();
    if (report.total() > 0) {
      remarks.add(
          report.total()
              + (report.total() == 1 ? " value was" : " values were")
              + " compared as a migration moves what the other kind of store cannot hold: "
              + report.counts().entrySet().stream()
                  .map(field -> field.getKey() + " (" + field.getValue() + ")")
                  .collect(Collectors.joining(", ")));
    }
  }

  private void compare(List<Pair> pairs) {
    for (Pair pair : pairs) {
      pair.a().forEach(dataset -> listener.on(new TransferEvent.DatasetPlanned(dataset)));
      pair.b().forEach(dataset -> listener.on(new TransferEvent.DatasetPlanned(dataset)));
    }
    firstPass.run(pairs, sums -> tell(result(sums)));
  }

  private void tell(DatasetResult result) {
    datasets++;
    different += result.same() ? 0 : 1;
    rowsA += Math.max(0, result.rowsA());
    rowsB += Math.max(0, result.rowsB());
    listener.compared(result);
  }

  private DatasetResult result(FirstPass.Sums sums) {
    Pair pair = sums.pair();
    if (!pair.onBothSides()) {
      return new DatasetResult(
          pair.name(),
          !pair.a().isEmpty() ? sums.a().rows() : -1,
          !pair.b().isEmpty() ? sums.b().rows() : -1,
          0,
          0,
          0,
          List.of(),
          "",
          false);
    }
    return lookedInto(sums.leadToRows() ? sums : firstPass.byValues(pair));
  }

  private DatasetResult lookedInto(FirstPass.Sums sums) {
    Pair pair = sums.pair();
    boolean equal = sums.differing().isEmpty();
    FoundRows found = equal ? new FoundRows(pair, f -> {}) : look(sums);
    boolean none = found.onlyInA() + found.onlyInB() + found.changed() == 0;
    if (sums.asSent() && !equal && none) {
      return lookedInto(firstPass.byValues(pair)); // sent in other bytes, and perhaps the same
    }
    boolean settled = none && found.settled() > 0;
    long common = Math.min(sums.a().rows(), sums.b().rows());
    return new DatasetResult(
        pair.name(),
        settled ? common : sums.a().rows(),
        settled ? common : sums.b().rows(),
        found.onlyInA(),
        found.onlyInB(),
        found.changed(),
        pair.records().differences(),
        pair.otherCounts(),
        !equal && none && !settled);
  }

  private FoundRows look(FirstPass.Sums sums) {
    if (shown == Integer.MAX_VALUE) {
      FoundRows found = new FoundRows(sums.pair(), f -> listener.difference(f.difference()));
      secondPass.run(sums, found::take);
      return found;
    }
    FirstDifferences first = new FirstDifferences(shown);
    FoundRows found = new FoundRows(sums.pair(), first);
    secondPass.run(sums, found::take);
    first.tell(listener::difference);
    return found;
  }
}
