package dev.godwit.vault.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process, told apart from every other of any machine, and whether it lives, without a clock: by
 * the machine's boot and its space of process ids, and by the tick at which the process began, as
 * Linux gives them in /proc (see proc(5)). Elsewhere nothing is known.
 *
 * @param machine a boot of a machine and a space of process ids; empty where that is not known
 * @param pid process id there
 * @param start of the process, in words that differ for another one of the same id; empty where
 *     there is no such process, or it is not to be seen
 */
public record ProcessMark(String machine, long pid, String start) {
  private static final Path PROC = Path.of("/proc");

  /** There is always one of this id. */
  private static final long FIRST = 1;

  /** This one. */
  public static ProcessMark ofThisProcess() {
    return here(ProcessHandle.current().pid());
  }

  /** The one that has an id now, on this machine. */
  public static ProcessMark here(long pid) {
    return in(PROC, pid);
  }

  private static ProcessMark in(Path proc, long pid) {
    return new ProcessMark(machine(proc), pid, start(proc, pid));
  }

  private static String machine(Path proc) {
    try {
      String boot = Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip();
      return boot + ' ' + Files.readSymbolicLink(proc.resolve("self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  private static String start(Path proc, long pid) {
    try {
      String stat = Files.readString(proc.resolve(pid + "/stat"));
      // The second field may hold anything, in parentheses; the start is field 22.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return fields[19];
    } catch (IOException | RuntimeException e) {
      return "";
    }
  }

  /** Whether it is told apart from all others. */
  boolean isKnown() {
    return !machine.isEmpty() && !start.isEmpty();
  }

  /** Whether it is known to live or to be dead; nothing where that cannot be known. */
  public Optional<Boolean> lives() {
    return lives(PROC);
  }

  /** As the files of processes in a folder tell. */
  Optional<Boolean> lives(Path proc) {
    ProcessMark now = in(proc, pid);
    if (!isKnown() || !now.machine.equals(machine)) {
      return Optional.empty();
    }
    // Machine and id are the same here; a record's own comparison takes 20 ms to link.
    return now.isKnown() || areAllSeen(proc)
        ? Optional.of(now.start.equals(start))
        : Optional.empty();
  }

  /**
   * Whether there is none with an id where none is seen: those of others can be hidden (hidepid).
   */
  static boolean areAllSeen() {
    return areAllSeen(PROC);
  }

  private static boolean areAllSeen(Path proc) {
    return in(proc, FIRST).isKnown();
  }
}
