package dev.godwit.cli.progress;

import dev.godwit.cli.screen.ErrorText;
import dev.godwit.cli.screen.Printable;
import dev.godwit.cli.screen.Redaction;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.transfer.TransferEvent;

/** Warnings and the outcome, no progress: for commands that answer a question. */
final class PlainView implements RunView {
  private final Terminal terminal;

  PlainView(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void on(TransferEvent event) {}

  @Override
  public void total(long bytes) {}

  @Override
  public void worked(long bytes) {}

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
  public void close() {}
}
