package dev.godwit.vault.audit;

import dev.godwit.vault.plane.VaultFiles;
import java.util.Collection;

/** The audit of a vault: who did what to it, and how that ended. */
public final class Audit {
  private final VaultFiles files;
  private final Actor who;
  private final AuditSeal seal;

  /** That of a vault, as this process reads and writes it. */
  public Audit(VaultFiles files) {
    this.files = files;
    this.who = Actor.ofThisProcess();
    this.seal = AuditSeal.of(files, who);
  }

  /** Tells an operation in it; nothing is written yet. */
  public AuditLog log(String operation) {
    return new AuditLog(files.storage(), files.vaultId(), seal, who, operation);
  }

  /**
   * Reads it, and proves it.
   *
   * @param remembered names of records that were there once
   * @throws dev.godwit.spi.error.GodwitException {@code TOO_NEW} where a newer Godwit wrote a
   *     record
   */
  public AuditReport read(Collection<AuditName> remembered) {
    return new AuditTrail(files.storage(), files.vaultId(), seal).read(remembered);
  }
}
