package dev.godwit.cli.option;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.plugin.Plugins;
import picocli.CommandLine.Option;

/** What becomes of records that the target has already. */
public final class IfExistsOption {
  private static final StoreOption OPTION = new StoreOption("if-exists");

  private enum Choice {
    fail,
    keep,
    replace
  }

  @Option(
      names = "--if-exists",
      paramLabel = "fail|keep|replace",
      description = {
        "Into a store of documents or keys that holds some already: fail (the",
        "default), keep what is there, or replace it. What no record has the",
        "name of stays in any case."
      })
  private Choice choice;

  /**
   * The address of a target with what this asks of it.
   *
   * @throws GodwitException {@code USAGE} if such a target cannot tell records apart
   */
  public String of(String uri) {
    return choice == null || choice == Choice.fail
        ? uri
        : OPTION.in(
            uri,
            choice.name(),
            scheme -> Plugins.loader(scheme).options(),
            IfExistsOption::without);
  }

  private static GodwitException without(String scheme) {
    return new GodwitException(
        ExitCode.USAGE,
        "--if-exists is not for " + scheme + "://, which is loaded only where it is empty",
        "load into another database, or under other names with --rename");
  }
}
