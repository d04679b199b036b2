package dev.godwit.vault.lock;

/**
 * What stands in a lock file, for people and for the next writer.
 *
 * @param format version of these fields
 * @param what is being done, such as {@code backup of shop}
 * @param host name of the machine
 * @param machine a boot of a machine and a space of process ids, where that is known; empty else
 * @param pid process id there
 * @param start of the process, in words that differ for another process of the same id
 * @param user who runs it
 * @param work the folder below {@code work/} with its unfinished files
 */
record LockDocument(
    int format,
    String what,
    String host,
    String machine,
    long pid,
    String start,
    String user,
    String work) {}
