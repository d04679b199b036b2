package dev.godwit.spi.run;

import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Tells every part of a run to stop. Loops ask {@link #check}; what blocks elsewhere, such as a
 * statement on a server, registers an action with {@link #onCancel}. Safe for use by many threads.
 */
public final class Cancellation {
  private final AtomicReference<ExitCode> reason = new AtomicReference<>();
  private final ConcurrentLinkedDeque<Registration> actions = new ConcurrentLinkedDeque<>();

  /** Held for reading by steps that must not be broken off, for writing by what breaks off. */
  private final ReadWriteLock breaking = new ReentrantReadWriteLock();

  /** An action to run once if the run is cancelled; closing it takes it back. */
  public final class Registration implements AutoCloseable {
    private final AtomicReference<Runnable> action;

    private Registration(Runnable action) {
      this.action = new AtomicReference<>(action);
    }

    private void run() {
      Runnable taken = action.getAndSet(null);
      if (taken != null) {
        taken.run();
      }
    }

    @Override
    public void close() {
      action.set(null);
      actions.remove(this);
    }
  }

  /** A step of a run that is done whole or not at all. */
  @FunctionalInterface
  public interface Step<E extends Exception> {
    /** Does it. */
    void run() throws E;
  }

  /**
   * Cancels the run and runs the registered actions in this thread, after steps that are {@link
   * #unbroken}. Only the first call counts. An action that fails does not keep the others from
   * running.
   */
  public void cancel(ExitCode why) {
    if (!reason.compareAndSet(null, why)) {
      return;
    }
    breaking.writeLock().lock();
    try {
      breakOff();
    } finally {
      breaking.writeLock().unlock();
    }
  }

  private void breakOff() {
    for (Registration registered; (registered = actions.pollFirst()) != null; ) {
      try {
        registered.run();
      } catch (RuntimeException ignored) {
        // The run is ending anyway; the remaining actions matter more than this one.
      }
    }
  }

  /**
   * Does a short step, such as a commit, of which nobody could tell whether it was done if it was
   * broken off: what was registered runs after it, if the run is cancelled meanwhile.
   *
   * @throws CancelledException where the run was cancelled before; nothing is done then
   */
  public <E extends Exception> void unbroken(Step<E> step) throws E {
    boolean held = breaking.readLock().tryLock(); // not while actions run, which may wait for this
    try {
      check();
      step.run();
    } finally {
      if (held) {
        breaking.readLock().unlock();
      }
    }
  }

  /** Whether the run was cancelled. */
  public boolean isCancelled() {
    return reason.get() != null;
  }

  /**
   * Does nothing while the run goes on.
   *
   * @throws CancelledException once it was cancelled
   */
  public void check() {
    ExitCode why = reason.get();
    if (why != null) {
      throw new CancelledException(why);
    }
  }

  /** Runs the action when the run is cancelled; at once, in this thread, if it already was. */
  public Registration onCancel(Runnable action) {
    Registration registration = new Registration(action);
    actions.add(registration);
    if (isCancelled()) {
      registration.run();
    }
    return registration;
  }
}
