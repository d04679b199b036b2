package dev.godwit.cli.progress;

import dev.godwit.cli.screen.ErrorText;
import dev.godwit.cli.screen.Printable;
import dev.godwit.cli.screen.Redaction;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.transfer.TransferEvent;
import java.time.Duration;

/** A line now and then, for logs and cron's mail. */
final class LineView implements RunView {
  private static final Duration EVERY = Duration.ofSeconds(30);

  private final Terminal terminal;
  private final Tally tally = new Tally();
  private final Ticker ticker;

  LineView(Terminal terminal, String title) {
    this.terminal = terminal;
    this.ticker =
        new Ticker(EVERY, () -> terminal.err().println(ProgressText.line(title, tally.look())));
  }

  @Override
  public void on(TransferEvent event) {
    tally.count(event);
  }

  @Override
  public void total(long bytes) {
    tally.total(bytes);
  }

  @Override
  public void worked(long bytes) {
    tally.moved(0, bytes);
  }

  @Override
  public void note(String line) {
    terminal.err().println(Printable.line(Redaction.of(line)));
  }

  @Override
  public void warn(String line) {
    terminal.err().println("warning: " + Printable.line(Redaction.of(line)));
  }

  @Override
  public void finished(Outcome outcome) {
    outcome.lines().forEach(line -> terminal.err().println(Printable.line(line)));
  }

  @Override
  public void failed(ErrorText error) {}

  @Override
  public void close() {
    ticker.close();
  }
}
