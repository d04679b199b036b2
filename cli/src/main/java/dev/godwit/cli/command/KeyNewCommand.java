package dev.godwit.cli.command;

import dev.godwit.cli.screen.Json;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.vault.key.Identity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code godwit key new}. */
@Command(
    name = "new",
    header = "Make an identity, and print its recipient.",
    description =
        "Writes a new identity into a file that only you may read, never over another file, and"
            + " prints the recipient that belongs to it: no secret, and what a vault is made with."
            + " Keep copies of the file: without an identity or a passphrase nobody reads the vault.",
    footer = {
      "  godwit key new ~/godwit.identity",
      "  godwit init /srv/vault --recipient \"$(godwit key new ~/godwit.identity)\""
    })
final class KeyNewCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILE", description = "The file to write.")
  private Path file;

  @Option(names = "--json", description = "Write JSON to stdout.")
  private boolean json;

  private final Terminal terminal;

  KeyNewCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Identity identity = Identity.generate();
    identity.write(file, LocalDate.now(Clock.systemUTC()));
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("schema", "godwit.key.new/1");
      document.put("file", file.toString());
      document.put("recipient", identity.recipient().toString());
      Json.document(terminal, document);
    } else {
      terminal.println(identity.recipient().toString());
    }
    return 0;
  }
}
