package dev.godwit.cli.progress;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.transfer.TransferEvent;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens in a run. What is to be done is an estimate, and treated as one: a fraction
 * is told only while it can be right. Counting is safe for many threads; {@link #look} is for one.
 */
final class Tally {
  /** The rate is that of about so many seconds of late. */
  private static final double LATE = 5;

  private final LongAdder rows = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder datasets = new LongAdder();
  private final LongAdder estimated = new LongAdder();
  private final LongAdder withoutEstimate = new LongAdder();
  private final AtomicLong steps = new AtomicLong();
  private final AtomicLong stepsDone = new AtomicLong();
  private final long started;
  private volatile Object doing = ""; // names are spelled only where they are looked at
  private volatile boolean finishing;
  private volatile boolean proving;
  private volatile long total;
  private long lastLook;
  private long lastBytes;
  private double rate = -1;

  /** Of a run that begins now. */
  Tally() {
    this(System.nanoTime());
  }

  /** Of a run that began at a time of {@link System#nanoTime}. */
  Tally(long started) {
    this.started = started;
    this.lastLook = started;
  }

  /**
   * How a run stands.
   *
   * @param rows moved
   * @param bytes moved, uncompressed
   * @param datasets met so far
   * @param estimate of all bytes, or -1 where it is not known or was passed
   * @param rate bytes a second of late, or -1 where it is too early to say
   * @param elapsed since the run began
   * @param doing the dataset or the stage that is being worked on, may be empty
   * @param stage whether that is a stage of finishing
   * @param steps of that stage
   * @param stepsDone of those
   * @param proving whether what was moved is read once more, and these are its numbers
   */
  record State(
      long rows,
      long bytes,
      long datasets,
      long estimate,
      double rate,
      Duration elapsed,
      String doing,
      boolean stage,
      long steps,
      long stepsDone,
      boolean proving) {

    /** From 0 to 1, where it can be told. */
    OptionalDouble fraction() {
      return estimate <= 0 ? OptionalDouble.empty() : OptionalDouble.of((double) bytes / estimate);
    }

    /** Seconds until all bytes are moved at the late rate, where that can be told. */
    OptionalDouble secondsLeft() {
      boolean early = elapsed.toMillis() < 2000 || rate <= 0;
      return early || stage || estimate <= 0
          ? OptionalDouble.empty()
          : OptionalDouble.of((estimate - bytes) / rate);
    }
  }

  /** All that there is to move, where someone knows better than the datasets' own estimates. */
  void total(long allBytes) {
    total = allBytes;
  }

  void count(TransferEvent event) {
    if (event instanceof TransferEvent.DatasetPlanned planned) {
      datasets.increment();
      Dataset.Estimate estimate = planned.dataset().estimate();
      if (estimate.bytes() < 0) {
        withoutEstimate.increment();
      } else {
        estimated.add(estimate.bytes());
      }
    } else if (event instanceof TransferEvent.Moved moved) {
      moved(moved.rows(), moved.bytes());
      doing = moved.dataset();
    } else if (event instanceof TransferEvent.StageBegun stage) {
      stepsDone.set(0);
      steps.set(stage.steps());
      doing = stage.stage();
      finishing = true;
    } else if (event instanceof TransferEvent.StepDone) {
      stepsDone.incrementAndGet();
    } else if (event instanceof TransferEvent.ProofBegun) {
      beginAnew();
      proving = true;
    }
  }

  /** Nothing is moved meanwhile. */
  private void beginAnew() {
    for (LongAdder count : List.of(rows, bytes, datasets, estimated, withoutEstimate)) {
      count.reset();
    }
    total = 0;
    doing = "";
    finishing = false;
  }

  void moved(long moreRows, long moreBytes) {
    rows.add(moreRows);
    bytes.add(moreBytes);
  }

  /** How the run stands now; also measures the rate since the last look. */
  State look() {
    return look(System.nanoTime());
  }

  State look(long now) {
    long moved = bytes.sum();
    double seconds = (now - lastLook) / 1e9;
    if (seconds >= 0.1) {
      double late = Math.max(0, moved - lastBytes) / seconds; // it begins anew for a proof
      rate = rate < 0 ? late : rate + Math.min(1, seconds / LATE) * (late - rate);
      lastLook = now;
      lastBytes = moved;
    }
    long all = total > 0 ? total : withoutEstimate.sum() > 0 ? -1 : estimated.sum();
    return new State(
        rows.sum(),
        moved,
        datasets.sum(),
        all <= 0 || moved > all ? -1 : all,
        rate,
        Duration.ofNanos(now - started),
        doing.toString(),
        finishing,
        steps.get(),
        stepsDone.get(),
        proving);
  }
}
