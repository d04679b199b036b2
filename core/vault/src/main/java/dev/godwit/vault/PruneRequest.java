package dev.godwit.vault;

import dev.godwit.vault.retention.RetentionRules;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What a prune is to do.
 *
 * @param rules which snapshots stay
 * @param zone in which days begin and end
 * @param source the only source whose snapshots may be dropped; empty for all
 * @param rewriteBelow volumes of which a smaller share is needed are rewritten; from 0 (none) to 1
 * @param dryRun whether nothing is to be changed, only said
 */
public record PruneRequest(
    RetentionRules rules,
    ZoneId zone,
    Optional<String> source,
    double rewriteBelow,
    boolean dryRun) {
  /** Checks the share. */
  public PruneRequest {
    if (!(rewriteBelow >= 0 && rewriteBelow <= 1)) {
      throw new IllegalArgumentException("a share lies between 0 and 1: " + rewriteBelow);
    }
  }
}
