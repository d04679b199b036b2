package dev.godwit.backup;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.Vault;
import dev.godwit.vault.carry.CopyChoice;
import dev.godwit.vault.carry.CopyStep;
import dev.godwit.vault.carry.SnapshotCarrier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Copies snapshots from one vault into another, oldest first. Damage of the source costs the
 * snapshot that it hits, and a prune there the one that it drops, not those after it.
 */
public final class CopyJob {
  private final Vault source;
  private final Vault target;
  private final PluginContext context;

  /** Between two open vaults, which stay open. */
  public CopyJob(Vault source, Vault target, PluginContext context) {
    this.source = source;
    this.target = target;
    this.context = context;
  }

  /** What will be done, with nothing written; see {@link Vault#planCopy}. */
  public List<CopyStep> plan(CopyChoice choice) {
    return source.planCopy(target, choice, context.warnings());
  }

  /**
   * Does it.
   *
   * @param steps of {@link #plan}
   * @param progress told the uncompressed bytes of blocks as they are moved or found
   * @param done told each step once it is settled
   * @return the same steps, each {@link CopyStep.ToCopy} now done, or found damaged or dropped
   */
  public List<CopyStep> run(
      List<CopyStep> steps, Consumer<Long> progress, Consumer<CopyStep> done) {
    List<CopyStep> settled = new ArrayList<>();
    if (steps.stream().noneMatch(step -> step instanceof CopyStep.ToCopy)) {
      return steps;
    }
    try (SnapshotCarrier carrier = source.copyTo(target, context, progress)) {
      for (CopyStep step : steps) {
        CopyStep now = step instanceof CopyStep.ToCopy copy ? copy(carrier, copy) : step;
        settled.add(now);
        done.accept(now);
      }
    }
    return settled;
  }

  private static CopyStep copy(SnapshotCarrier carrier, CopyStep.ToCopy step) {
    try {
      return new CopyStep.Copied(step.manifest(), carrier.copy(step.manifest()));
    } catch (GodwitException e) {
      if (e.exitCode() != ExitCode.DAMAGED) {
        throw e;
      }
      return carrier.isDropped(step.manifest())
          ? new CopyStep.Dropped(step.manifest())
          : new CopyStep.Damaged(step.id(), String.valueOf(e.getMessage()));
    }
  }

  /**
   * Damaged where a snapshot could not be copied for it; no such snapshot where all were dropped
   * meanwhile, as if they had been before; else done.
   */
  public static ExitCode exitCode(List<CopyStep> settled) {
    if (settled.stream().anyMatch(step -> step instanceof CopyStep.Damaged)) {
      return ExitCode.DAMAGED;
    }
    boolean allDropped =
        !settled.isEmpty() && settled.stream().allMatch(step -> step instanceof CopyStep.Dropped);
    return allDropped ? ExitCode.NO_SUCH : ExitCode.DONE;
  }
}
