package dev.godwit.vault.audit;

import java.util.List;

/**
 * The audit of a vault.
 *
 * @param entries all that could be read, in order: by their times, those of a chain as it has them
 * @param damages what is missing or altered
 */
public record AuditReport(List<Entry> entries, List<Damage> damages) {
  /** A record under its name. */
  public record Entry(AuditName name, AuditRecord record) {}

  /** A file of the audit that is not what was written: its path, and how that shows. */
  public record Damage(String file, String what) {}

  /** Copies both. */
  public AuditReport {
    entries = List.copyOf(entries);
    damages = List.copyOf(damages);
  }
}
