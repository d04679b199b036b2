package dev.godwit.cli.progress;

import dev.godwit.cli.screen.ErrorText;
import dev.godwit.cli.screen.Printable;
import dev.godwit.cli.screen.Redaction;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.transfer.TransferEvent;

/**
 * Nothing on success, so that cron sends no mail. Warnings are held back with it; where the run is
 * not a plain success, what it came to is told.
 */
final class QuietView implements RunView {
  private final Terminal terminal;

  QuietView(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void on(TransferEvent event) {}

  @Override
  public void total(long bytes) {}

  @Override
  public void worked(long bytes) {}

  @Override
  public void warn(String line) {}

  @Override
  public void finished(Outcome outcome) {
    if (outcome.exitCode() != ExitCode.DONE) {
      outcome.lines().forEach(l -> terminal.err().println(Printable.line(Redaction.of(l))));
    }
  }

  @Override
  public void failed(ErrorText error) {}

  @Override
  public void close() {}
}
