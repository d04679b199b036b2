package dev.godwit.cli.progress;

import dev.godwit.cli.screen.ErrorText;
import dev.godwit.cli.screen.Printable;
import dev.godwit.cli.screen.Redaction;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.transfer.TransferEvent;
import java.time.Duration;

/** A line on a terminal that is drawn again and again, and gone at the end. */
final class BarView implements RunView {
  private static final Duration EVERY = Duration.ofMillis(200);
  private static final String ERASE = "\r\u001b[K";

  private final Terminal terminal;
  private final String title;
  private final Tally tally = new Tally();
  private final Ticker ticker;
  private boolean drawn;
  private boolean closed;

  BarView(Terminal terminal, String title) {
    this.terminal = terminal;
    this.title = title;
    this.ticker = new Ticker(EVERY, this::draw);
  }

  private synchronized void draw() {
    if (!closed) {
      // A line as wide as the terminal would wrap on some of them.
      int width = terminal.screenColumns() - 1;
      terminal.err().print(ERASE + ProgressText.bar(title, tally.look(), width));
      terminal.err().flush();
      drawn = true;
    }
  }

  private void erase() {
    if (drawn) {
      terminal.err().print(ERASE);
      drawn = false;
    }
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
  public synchronized void note(String line) {
    erase();
    terminal.err().println(Printable.line(Redaction.of(line)));
  }

  @Override
  public synchronized void warn(String line) {
    erase();
    String yellow = terminal.colourErr() ? "\u001b[33m" : "";
    String plain = terminal.colourErr() ? "\u001b[0m" : "";
    terminal.err().println(yellow + "warning: " + plain + Printable.line(Redaction.of(line)));
  }

  @Override
  public synchronized void finished(Outcome outcome) {
    outcome.lines().forEach(line -> terminal.err().println(Printable.line(line)));
  }

  @Override
  public void failed(ErrorText error) {}

  @Override
  public synchronized void close() {
    ticker.close();
    erase();
    terminal.err().flush();
    closed = true;
  }
}
