package dev.godwit.vault.lock;

import dev.godwit.vault.audit.Actor;
import dev.godwit.vault.file.FormatVersion;
import dev.godwit.vault.storage.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells processes of one machine apart, and whether they live, without a clock: by the machine's
 * boot, its space of process ids, and the tick at which a process began, as Linux gives them in
 * /proc (see proc(5)). Elsewhere nothing is known, and a lock lives until it expires.
 */
final class ThisProcess {
  private static final Path PROC = Path.of("/proc");

  private ThisProcess() {}

  static LockDocument lock(String kind, String what, Instant taken) {
    Actor who = Actor.ofThisProcess();
    return new LockDocument(
        FormatVersion.CURRENT,
        kind,
        what,
        who.host(),
        machine(),
        who.pid(),
        start(who.pid()).orElse(""),
        who.user(),
        WorkFolder.OF_THIS_PROCESS,
        taken.toString());
  }

  private static String machine() {
    try {
      String boot = Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
      return boot + ' ' + Files.readSymbolicLink(PROC.resolve("self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  private static Optional<String> start(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"));
      // The second field may hold anything, in parentheses; the start is field 22.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of(fields[19]);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Whether the process is known to live or to be dead; nothing where that cannot be known. */
  static Optional<Boolean> lives(LockDocument lock) {
    String here = machine();
    if (here.isEmpty() || !here.equals(lock.machine()) || lock.start().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(start(lock.pid()).map(lock.start()::equals).orElse(false));
  }
}
