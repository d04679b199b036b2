package dev.godwit.cli.run;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.run.Cancellation;
import java.io.Console;
import java.util.Locale;

/** Asks a person before something is done that cannot be undone. */
public final class Consent {
  private Consent() {}

  /**
   * Whether a person says yes. Where nobody sits at a keyboard, nobody does.
   *
   * @param question such as {@code Do this?}
   */
  public static boolean given(String question, Terminal terminal, Cancellation cancellation) {
    Console console = terminal.canAsk() ? System.console() : null;
    if (console == null) {
      return false;
    }
    // Nobody can wake the reader of a terminal.
    Runnable leave = () -> Runtime.getRuntime().exit(ExitCode.INTERRUPTED.status());
    Cancellation.Registration leaving = cancellation.onCancel(leave);
    try {
      String answer = console.readLine("%s [y/N] ", question);
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    } finally {
      leaving.close();
    }
  }
}
