package dev.godwit.cli.command;

import dev.godwit.cli.option.MeantSnapshots;
import dev.godwit.cli.screen.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code godwit unpin}. */
@Command(
    name = "unpin",
    header = "Take the pins of snapshots away.",
    description =
        "Takes the pins of snapshots away: the next prune decides about them by its rules.",
    footer = {"  godwit unpin /srv/vault 3f2a90c1", "  godwit unpin /srv/vault tag:release"})
final class UnpinCommand implements Callable<Integer> {
  @Mixin private MeantSnapshots snapshots;
  private final Terminal terminal;

  UnpinCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return snapshots.each(
        "unpin",
        "unpinned",
        "not pinned",
        (vault, snapshot) -> vault.pins().unpin(snapshot.id()),
        terminal);
  }
}
