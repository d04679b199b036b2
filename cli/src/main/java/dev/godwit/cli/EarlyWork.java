package dev.godwit.cli;

import dev.godwit.vault.HeadStart;
import java.util.Set;
import org.slf4j.LoggerFactory;

/** Uses the core that is idle while a command line is parsed and a server answers. */
final class EarlyWork {
  private static final Set<String> OVER_RECORDS =
      Set.of("backup", "restore", "migrate", "compare", "check");

  private EarlyWork() {}

  /** Begins what the command will need, if it is one that reads or writes many records. */
  static void begin(String... arguments) {
    if (arguments.length < 2 || !OVER_RECORDS.contains(arguments[0])) {
      return;
    }
    // The logs are set up first: whoever asks for them meanwhile would be told of it on stderr.
    var ignored = LoggerFactory.getLogger(EarlyWork.class);
    Thread thread = new Thread(new HeadStart(), "godwit-early");
    thread.setDaemon(true);
    // Nothing depends on it: who needs what it could not make ready fails in turn and tells it, and
    // a signal that comes meanwhile is no failure.
    thread.setUncaughtExceptionHandler((failed, e) -> {});
    thread.start();
  }
}
