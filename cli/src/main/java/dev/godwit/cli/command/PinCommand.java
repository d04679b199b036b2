package dev.godwit.cli.command;

import dev.godwit.cli.option.MeantSnapshots;
import dev.godwit.cli.screen.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code godwit pin}. */
@Command(
    name = "pin",
    header = "Keep snapshots whatever the rules of a prune say.",
    description =
        "Pins snapshots: no prune drops them until 'godwit unpin' takes the pin away. 'godwit list' shows which are pinned.",
    footer = {"  godwit pin /srv/vault 3f2a90c1", "  godwit pin /srv/vault tag:release"})
final class PinCommand implements Callable<Integer> {
  @Mixin private MeantSnapshots snapshots;
  private final Terminal terminal;

  PinCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    return snapshots.each(
        "pin",
        "pinned",
        "pinned already",
        (vault, snapshot) -> vault.pins().pin(snapshot.id()),
        terminal);
  }
}
