package dev.godwit.cli;

import dev.godwit.vault.HeadStart;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/**
 * Uses the core that is idle while a command line is parsed and a server answers: sets the logs up,
 * which takes as long as the parsing, then makes ready what the command will need.
 */
final class EarlyWork implements Runnable {
  private static final Set<String> OVER_RECORDS =
      Set.of("backup", "restore", "migrate", "compare", "check");

  private final CompletableFuture<Void> logs = new CompletableFuture<>();

  private EarlyWork() {}

  /** Work that is not done: each class makes ready what it needs. */
  static EarlyWork none() {
    EarlyWork none = new EarlyWork();
    none.logs.complete(null);
    return none;
  }

  /** Begins what the command will need, if it is one that reads or writes many records. */
  static EarlyWork begin(String... arguments) {
    if (arguments.length < 2 || !OVER_RECORDS.contains(arguments[0])) {
      return none();
    }
    EarlyWork work = new EarlyWork();
    Thread thread = new Thread(work, "godwit-early");
    thread.setDaemon(true);
    // Nothing depends on it: who needs what it could not make ready fails in turn and tells it, and
    // a signal that comes meanwhile is no failure.
    thread.setUncaughtExceptionHandler((failed, e) -> {});
    thread.start();
    return work;
  }

  @Override
  public void run() {
    try {
      var ignored = LoggerFactory.getLogger(EarlyWork.class);
    } finally {
      logs.complete(null);
    }
    new HeadStart().run();
  }

  /** Waits for the logs: whoever asks for one while they are set up is told of it on stderr. */
  void awaitLogs() {
    logs.join();
  }
}
