package dev.godwit.vault.volume;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.block.Frame;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.plane.VaultRun;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Takes frames from all workers of a run and writes them into volumes, one open at a time. One
 * thread appends, another syncs what is full, so that compressing never waits for the disk to have
 * synced the last volume. What waits is bounded in bytes. A failure of either thread is thrown to
 * whoever appends next.
 */
public final class VolumePipeline implements AutoCloseable {
  private static final long QUEUE_BYTES = 32L << 20;

  private final Storage storage;
  private final VolumeSeal form;
  private final VolumeLimits limits;
  private final Cancellation cancellation;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Step> steps = new ArrayDeque<>();
  private final Thread appender = new Thread(this::appendAll, "godwit-volume-append");
  private final VolumeSealer sealer;
  private VolumeId current;
  private long currentLength;
  private int currentBlocks;
  private long queuedBytes;
  private boolean closing;
  private boolean broken;
  private RuntimeException failure;

  /** What the appending thread does next. */
  private sealed interface Step {
    record Append(VolumeId volume, Frame frame, BlockRef ref) implements Step {}

    record End() implements Step {}
  }

  /**
   * Starts the threads.
   *
   * @param sealed hears of each volume once it lies in the vault, on the sealing thread
   */
  public VolumePipeline(
      VaultRun run, VolumeLimits limits, Cancellation cancellation, Consumer<SealedVolume> sealed) {
    this.storage = run.storage();
    this.form = VolumeSeal.of(run);
    this.limits = limits;
    this.cancellation = cancellation;
    this.sealer = new VolumeSealer(storage, sealed, this::fail);
    appender.setDaemon(true);
    appender.start();
  }

  /**
   * Appends a frame, which is closed here; waits while too much is queued.
   *
   * @return where the block will lie
   * @throws GodwitException if a volume could not be written
   */
  public BlockRef append(Frame frame) {
    boolean queued = false;
    lock.lock();
    try {
      awaitRoom(frame.length());
      throwFailure();
      cancellation.check();
      if (closing) {
        throw new IllegalStateException("the snapshot is sealed already");
      }
      BlockRef ref = place(frame);
      steps.add(new Step.Append(current, frame, ref));
      queued = true;
      queuedBytes += frame.length();
      changed.signalAll();
      return ref;
    } finally {
      lock.unlock();
      if (!queued) {
        frame.close();
      }
    }
  }

  private BlockRef place(Frame frame) {
    long withFooter = currentLength + frame.length() + form.footerLength(currentBlocks + 1);
    if (current != null
        && currentBlocks > 0
        && (withFooter > limits.bytes() || currentBlocks >= limits.blocks())) {
      steps.add(new Step.End());
      current = null;
    }
    if (current == null) {
      current = VolumeId.random();
      currentLength = form.headerLength();
      currentBlocks = 0;
    }
    BlockRef ref = frame.at(current, currentLength);
    currentLength += frame.length();
    currentBlocks++;
    return ref;
  }

  private void awaitRoom(int length) {
    try {
      while (queuedBytes > 0 && queuedBytes + length > QUEUE_BYTES && failure == null) {
        cancellation.check();
        // Looks up now and then, for a cancelled run signals nothing here.
        boolean unused = changed.await(100, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GodwitException(ExitCode.FAILED, "interrupted while volumes were written", null, e);
    }
  }

  private void throwFailure() {
    if (failure instanceof GodwitException known) {
      throw new GodwitException(
          known.exitCode(), known.getMessage(), known.hint().orElse(null), known);
    } else if (failure != null) {
      throw new IllegalStateException("volumes cannot be written", failure);
    }
  }

  /**
   * Ends the last volume and waits until all lie in the vault.
   *
   * @throws GodwitException if a volume could not be written
   */
  public void finish() {
    stop();
    lock.lock();
    try {
      throwFailure();
    } finally {
      lock.unlock();
    }
  }

  private void stop() {
    lock.lock();
    try {
      if (!closing) {
        closing = true;
        if (current != null) {
          steps.add(new Step.End());
          current = null;
        }
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (appender.isAlive()) {
      try {
        appender.join();
      } catch (InterruptedException e) {
        interrupted = true; // frames must not be freed under the threads
      }
    }
    sealer.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void appendAll() {
    OpenVolume open = null;
    String path = "volumes";
    try {
      for (Step step; (step = nextStep()) != null; ) {
        if (step instanceof Step.Append append) {
          try (Frame frame = append.frame()) {
            if (open == null) {
              path = Layout.volume(append.volume());
              open = new OpenVolume(storage, form, append.volume());
            }
            open.append(frame, append.ref());
          }
          appended(append.frame().length());
        } else if (open != null) {
          open.end();
          sealer.seal(open);
          open = null;
        }
      }
    } catch (IOException e) {
      fail(StorageFailure.writing(storage, path, e));
    } catch (RuntimeException | Error e) {
      fail(e instanceof RuntimeException known ? known : new IllegalStateException(e));
    } finally {
      if (open != null) {
        open.close();
      }
      drain();
    }
  }

  private Step nextStep() {
    lock.lock();
    try {
      while (steps.isEmpty() && !closing && !broken) {
        changed.awaitUninterruptibly();
      }
      return broken ? null : steps.poll();
    } finally {
      lock.unlock();
    }
  }

  private void appended(long bytes) {
    lock.lock();
    try {
      queuedBytes -= bytes;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Frees what is still queued; after a failure only. */
  private void drain() {
    lock.lock();
    try {
      for (Step step : steps) {
        if (step instanceof Step.Append append) {
          append.frame().close();
        }
      }
      steps.clear();
      queuedBytes = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void fail(RuntimeException cause) {
    lock.lock();
    try {
      broken = true;
      if (failure == null) {
        failure = cause;
      } else {
        failure.addSuppressed(cause);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes what was appended, as far as it goes, so that the next run can reuse it, and ends the
   * threads. Failures are not told: whoever did not {@link #finish} has given up already.
   */
  @Override
  public void close() {
    stop();
  }
}
