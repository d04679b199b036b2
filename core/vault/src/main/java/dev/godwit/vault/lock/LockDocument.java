package dev.godwit.vault.lock;

import dev.godwit.vault.audit.Actor;
import dev.godwit.vault.file.FormatVersion;
import dev.godwit.vault.storage.ProcessMark;
import dev.godwit.vault.storage.WorkFolder;
import java.time.Instant;

/**
 * What stands in a lock file, for people and for the next writer.
 *
 * @param format version of these fields
 * @param kind {@code writer} or {@code pruner}
 * @param what is being done, such as {@code backup of shop}
 * @param host name of the machine
 * @param machine a boot of a machine and a space of process ids, where that is known; empty else
 * @param pid process id there
 * @param start of the process, in words that differ for another process of the same id
 * @param user who runs it
 * @param work the folder below {@code work/} with its unfinished files
 * @param taken when it was taken, by the storage's clock
 */
record LockDocument(
    int format,
    String kind,
    String what,
    String host,
    String machine,
    long pid,
    String start,
    String user,
    String work,
    String taken) {
  static final String WRITER = "writer";
  static final String PRUNER = "pruner";

  /** Of this process. */
  static LockDocument ofThisProcess(String kind, String what, Instant taken) {
    Actor who = Actor.ofThisProcess();
    ProcessMark process = ProcessMark.ofThisProcess();
    return new LockDocument(
        FormatVersion.CURRENT,
        kind,
        what,
        who.host(),
        process.machine(),
        process.pid(),
        process.start(),
        who.user(),
        WorkFolder.OF_THIS_PROCESS,
        taken.toString());
  }

  /** Whose it is. */
  ProcessMark process() {
    return new ProcessMark(machine, pid, start);
  }
}
