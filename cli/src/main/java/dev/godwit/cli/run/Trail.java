package dev.godwit.cli.run;

import dev.godwit.cli.screen.Redaction;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.error.IoReason;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.Vault;
import dev.godwit.vault.audit.AuditLog;
import dev.godwit.vault.audit.AuditName;
import dev.godwit.vault.audit.SeenHeads;
import dev.godwit.vault.file.UserFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run does with vaults, for their audits. A command says what it does and hands over each
 * vault that it opened; the run holds them open, and writes at its end what came of it, however it
 * ended. An operation that changes a vault is told at its beginning too, before anything is
 * changed.
 *
 * <p>A beginning that cannot be written ends the operation, for the vault then takes nothing else
 * either. An end that cannot be written is warned of: reading goes on where nobody may write.
 */
public final class Trail implements AutoCloseable {
  private static final int MOST_TOLD = 20;

  private final Optional<String> operation;
  private final Beginning beginning;
  private final Optional<Path> state;
  private final SortedMap<String, String> what = new TreeMap<>();
  private final SortedMap<String, Long> counts = new TreeMap<>();
  private final List<Opened> vaults = new ArrayList<>();

  /** Those of which the beginning could not be told, so that nobody is told twice. */
  private final Set<AuditLog> untold = new HashSet<>();

  /** Whether an operation is told before it does anything. */
  private enum Beginning {
    UNTOLD,
    TOLD,
    TOLD_IF_POSSIBLE
  }

  private record Opened(Vault vault, Optional<AuditLog> log, PluginContext context) {}

  private Trail(Optional<String> operation, Beginning beginning, Optional<Path> state) {
    this.operation = operation;
    this.beginning = beginning;
    this.state = state;
  }

  /** Of an operation that no audit tells: it looks at names and sizes only, or at nothing. */
  public static Trail none() {
    return new Trail(Optional.empty(), Beginning.UNTOLD, Optional.empty());
  }

  /** Of an operation that reads a vault's data, told once it is done. */
  public static Trail reading(String operation, Terminal terminal) {
    return new Trail(
        Optional.of(operation), Beginning.UNTOLD, UserFolders.state(terminal.environment()));
  }

  /** Of an operation that changes a vault, told when it begins and when it ends. */
  public static Trail changing(String operation, Terminal terminal) {
    return new Trail(
        Optional.of(operation), Beginning.TOLD, UserFolders.state(terminal.environment()));
  }

  /** Of an operation that gives back space: it goes on where there is none for a record. */
  public static Trail freeing(String operation, Terminal terminal) {
    return new Trail(
        Optional.of(operation),
        Beginning.TOLD_IF_POSSIBLE,
        UserFolders.state(terminal.environment()));
  }

  /** Says what the operation is done with, such as its {@code source}; no secrets. */
  public synchronized void tell(String key, String value) {
    what.put(key, Redaction.of(value));
  }

  /** Names in one text, the first of them where there are many. */
  public static String some(List<String> names) {
    String shown = String.join(" ", names.subList(0, Math.min(MOST_TOLD, names.size())));
    return names.size() > MOST_TOLD
        ? shown + " and " + (names.size() - MOST_TOLD) + " more"
        : shown;
  }

  /** Says what the operation came to, such as how many {@code rows}. */
  public synchronized void count(String key, long value) {
    counts.put(key, value);
  }

  /**
   * Takes a vault that was opened, and closes it when the run ends.
   *
   * @return the same vault
   * @throws GodwitException if the beginning of a change cannot be written
   */
  public synchronized Vault opened(Vault vault, PluginContext context) {
    requireGoingOn(vault, context);
    Optional<AuditLog> log = operation.map(name -> vault.audit().log(name));
    vaults.add(new Opened(vault, log, context));
    if (beginning != Beginning.UNTOLD && log.isPresent()) {
      begin(log.get(), context);
      context.cancellation().check(); // to tell it took a while, where the vault is far
    }
    return vault;
  }

  /** What ended before it began is told in no audit. */
  private static void requireGoingOn(Vault vault, PluginContext context) {
    if (context.cancellation().isCancelled()) {
      vault.close();
    }
    context.cancellation().check();
  }

  private void begin(AuditLog log, PluginContext context) {
    try {
      log.begin(new TreeMap<>(what));
    } catch (GodwitException e) {
      if (beginning == Beginning.TOLD) {
        untold.add(log); // this ends the operation, and is told by that
        throw e;
      }
      untold(log, e, context);
    }
  }

  /** Warns once where neither the beginning nor the end can be told. */
  private void untold(AuditLog log, RuntimeException failure, PluginContext context) {
    if (untold.add(log)) {
      context.warnings().accept("not told in the vault's audit: " + failure.getMessage());
    }
  }

  /** Takes a vault that is only read while another is changed, otherwise as {@link #opened}. */
  public synchronized Vault openedToRead(Vault vault, PluginContext context) {
    requireGoingOn(vault, context);
    vaults.add(new Opened(vault, operation.map(name -> vault.audit().log(name)), context));
    return vault;
  }

  /** Writes how the operation ended. A failure is warned of, never thrown. */
  synchronized void ended(int exit) {
    for (Opened opened : vaults) {
      if (opened.log().isEmpty()) {
        continue;
      }
      // Read ahead of the look at the audit: what others write and remember after it is not
      // missing.
      Optional<SeenHeads> seen =
          state.map(folder -> new SeenHeads(folder, opened.vault().id(), opened.vault().display()));
      List<AuditName> known = known(seen, opened.context());
      try {
        opened.log().get().end(new TreeMap<>(what), exit, new TreeMap<>(counts));
      } catch (RuntimeException e) {
        untold(opened.log().get(), e, opened.context());
      }
      seen.ifPresent(s -> remember(s, known, opened));
    }
  }

  private List<AuditName> known(Optional<SeenHeads> seen, PluginContext context) {
    try {
      return seen.isPresent() ? seen.get().names() : List.of();
    } catch (IOException e) {
      notKept(e, context);
      return List.of();
    }
  }

  private void remember(SeenHeads seen, List<AuditName> known, Opened opened) {
    AuditLog log = opened.log().orElseThrow();
    if (log.heads().isEmpty()) {
      return;
    }
    List<AuditName> gone = log.gone(known);
    if (!gone.isEmpty()) {
      opened
          .context()
          .warnings()
          .accept(
              gone.get(0).path()
                  + " was in "
                  + opened.vault().display()
                  + " and is gone: the vault was set back, or its audit altered; see 'godwit"
                  + " audit'");
      return;
    }
    try {
      Set<AuditName> newest = new LinkedHashSet<>(seen.names());
      known.forEach(newest::remove); // what is left was remembered meanwhile
      newest.addAll(log.heads());
      seen.remember(newest);
    } catch (IOException e) {
      notKept(e, opened.context());
    }
  }

  private void notKept(IOException failure, PluginContext context) {
    context
        .warnings()
        .accept(
            "what was seen of the vault's audit cannot be kept in "
                + state.orElseThrow()
                + ": "
                + IoReason.of(failure));
  }

  @Override
  public synchronized void close() {
    vaults.forEach(opened -> opened.vault().close());
    vaults.clear();
  }
}
