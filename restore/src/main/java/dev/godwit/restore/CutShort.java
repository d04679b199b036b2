package dev.godwit.restore;

import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.Loader.Obstacle;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.store.Capability;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is said of a load that does not come to its end. What is loaded and read knows no command,
 * so how it is gone on with is said here, to whoever ran one.
 */
final class CutShort {
  /** With another choice for what is lost the same records are another plan. */
  private static final String OTHER_PLAN =
      "drop first what this load left in the target, which it does not go on with";

  private static final String NEVER =
      "a load into this target is not gone on with: begin anew, over what it left with --if-exists"
          + " replace, or once that is removed";

  /** Ways to fail after which the same may succeed. */
  private static final Set<ExitCode> PASSING =
      EnumSet.of(ExitCode.FAILED, ExitCode.SOURCE_UNREACHABLE, ExitCode.TARGET_UNREACHABLE);

  private final GoingOn goingOn;
  private final boolean resumed;
  private final boolean ledger;
  private final Cancellation cancellation;

  /**
   * Of one load.
   *
   * @param resumed whether it is asked to go on with an earlier one
   */
  CutShort(Loader loader, GoingOn goingOn, boolean resumed, Cancellation cancellation) {
    this.goingOn = goingOn;
    this.resumed = resumed;
    this.ledger = loader.capabilities().contains(Capability.RESUME);
    this.cancellation = cancellation;
  }

  /** An obstacle; where it is what another load left, with how that is gone on with. */
  Obstacle told(Obstacle found) {
    return found.unfinished() && !resumed
        ? new Obstacle(found.what(), goingOn.met() + found.hint(), true)
        : found;
  }

  /** The failure of a load that had begun, with how it is gone on with. */
  RuntimeException told(RuntimeException failure) {
    try {
      cancellation.check();
    } catch (CancelledException cancelled) {
      if (cancelled.bySignal()) {
        return new CancelledException(cancelled.exitCode(), afterwards(), failure);
      }
    }
    return failure instanceof GodwitException known ? told(known) : failure;
  }

  private GodwitException told(GodwitException failure) {
    if (goingOn == GoingOn.ANEW || PASSING.contains(failure.exitCode())) {
      return with(afterwards(), failure);
    }
    return failure.exitCode() == ExitCode.LOSSY ? with(OTHER_PLAN, failure) : failure;
  }

  private String afterwards() {
    return ledger || goingOn == GoingOn.ANEW ? goingOn.cutShort() : NEVER;
  }

  private static GodwitException with(String more, GodwitException failure) {
    return new GodwitException(
        failure.exitCode(),
        failure.getMessage(),
        failure.hint().map(hint -> hint + "; ").orElse("") + more,
        failure);
  }
}
