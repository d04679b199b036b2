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

  /** There is always one of this id. */
  private static final long FIRST = 1;

  private ThisProcess() {}

  static LockDocument lock(String kind, String what, Instant taken) {
    Actor who = Actor.ofThisProcess();
    return new LockDocument(
        FormatVersion.CURRENT,
        kind,
        what,
        who.host(),
        machine(PROC),
        who.pid(),
        start(PROC, who.pid()).orElse(""),
        who.user(),
        WorkFolder.OF_THIS_PROCESS,
        taken.toString());
  }

  private static String machine(Path proc) {
    try {
      String boot = Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip();
      return boot + ' ' + Files.readSymbolicLink(proc.resolve("self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  private static Optional<String> start(Path proc, long pid) {
    try {
      String stat = Files.readString(proc.resolve(pid + "/stat"));
      // The second field may hold anything, in parentheses; the start is field 22.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Optional.of(fields[19]);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Whether the process is known to live or to be dead; nothing where that cannot be known. */
  static Optional<Boolean> lives(LockDocument lock) {
    return lives(lock, PROC);
  }

  /** As the files of processes in a folder tell. */
  static Optional<Boolean> lives(LockDocument lock, Path proc) {
    String here = machine(proc);
    if (here.isEmpty() || !here.equals(lock.machine()) || lock.start().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> start = start(proc, lock.pid());
    if (start.isEmpty() && start(proc, FIRST).isEmpty()) {
      return Optional.empty(); // those of other users are hidden here (hidepid)
    }
    return Optional.of(start.map(lock.start()::equals).orElse(false));
  }
}
