package dev.godwit.compare;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.transfer.TransferEvent;
import java.util.ArrayList;
import java.util.List;

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
   * @param jobs workers for each side
   */
  public Comparison(
      ComparedRun a,
      ComparedRun b,
      Renames renames,
      int shown,
      int jobs,
      Cancellation cancellation,
      CompareListener listener) {
    this(a, b, renames, shown, jobs, cancellation, listener, Runtime.getRuntime().maxMemory());
  }

  /** A comparison that behaves as if the heap were so many bytes. */
  Comparison(
      ComparedRun a,
      ComparedRun b,
      Renames renames,
      int shown,
      int jobs,
      Cancellation cancellation,
      CompareListener listener,
      long heap) {
    this.a = a;
    this.b = b;
    this.renames = renames;
    this.shown = shown;
    this.listener = listener;
    BothSides sides = new BothSides(a, b, jobs, cancellation, listener);
    this.firstPass = new FirstPass(sides, jobs, heap / 32);
    this.secondPass = new SecondPass(sides, heap / 8, SPOOLED);
  }

  /**
   * Compares.
   *
   * @throws GodwitException {@code FAILED} where neither side has a dataset, or one cannot be read
   */
  public CompareReport run() {
    new Pairing(a, b, renames).run(this::compare);
    if (datasets == 0) {
      throw new GodwitException(
          ExitCode.FAILED,
          "nothing was compared: neither side holds a dataset",
          "look whether both name the right database, and whether the user may see its tables");
    }
    List<String> remarks = new ArrayList<>();
    a.remark(Side.A).ifPresent(remarks::add);
    b.remark(Side.B).ifPresent(remarks::add);
    return new CompareReport(datasets, different, rowsA, rowsB, remarks);
  }

  private void compare(List<Pair> pairs) {
    for (Pair pair : pairs) {
      pair.a().ifPresent(dataset -> listener.on(new TransferEvent.DatasetPlanned(dataset)));
      pair.b().ifPresent(dataset -> listener.on(new TransferEvent.DatasetPlanned(dataset)));
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
          pair.a().isPresent() ? sums.a().rows() : -1,
          pair.b().isPresent() ? sums.b().rows() : -1,
          0,
          0,
          0,
          List.of(),
          false);
    }
    boolean equal = sums.a().differing(sums.b()).isEmpty();
    FoundRows found = equal ? new FoundRows(pair, f -> {}) : look(sums);
    return new DatasetResult(
        pair.name(),
        sums.a().rows(),
        sums.b().rows(),
        found.onlyInA(),
        found.onlyInB(),
        found.changed(),
        pair.columns().differences(),
        !equal && found.onlyInA() + found.onlyInB() + found.changed() == 0);
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
