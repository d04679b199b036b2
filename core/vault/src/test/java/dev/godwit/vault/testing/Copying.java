package dev.godwit.vault.testing;

import dev.godwit.vault.Vault;
import dev.godwit.vault.carry.CopyChoice;
import dev.godwit.vault.carry.CopyStep;
import dev.godwit.vault.carry.SnapshotCarrier;
import java.util.ArrayList;
import java.util.List;

/** A copy from vault to vault, as the command makes it. */
public final class Copying {
  private Copying() {}

  /** Copies what a choice names; what became of each snapshot. */
  public static List<CopyStep> of(Bench bench, Vault from, Vault to, CopyChoice choice) {
    List<CopyStep> settled = new ArrayList<>();
    List<CopyStep> steps = from.planCopy(to, choice, bench.warnings::add);
    try (SnapshotCarrier carrier = from.copyTo(to, bench.context, read -> {})) {
      for (CopyStep step : steps) {
        settled.add(
            step instanceof CopyStep.ToCopy copy
                ? new CopyStep.Copied(copy.manifest(), carrier.copy(copy.manifest()))
                : step);
      }
    }
    return settled;
  }
}
