package dev.godwit.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One way to do a job.
 *
 * @param name as the table shows it
 * @param before puts the world back to where each run begins; not measured
 * @param command what is measured
 * @param environment added to its own
 * @param result what it writes and whose bytes count; empty where nothing is kept
 */
record Contender(
    String name,
    Task before,
    List<String> command,
    Map<String, String> environment,
    Optional<Path> result) {

  /** Something that may fail. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }
}
