package dev.godwit.cli.option;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.plugin.Plugins;
import picocli.CommandLine.Option;

/** Whether a load goes on without what the target refuses to make. */
public final class KeepGoingOption {
  private static final StoreOption OPTION = new StoreOption("keep-going");

  @Option(
      names = "--keep-going",
      description =
          "Leave out definitions that the target refuses, and what needs them; all are listed"
              + " (exit 3).")
  private boolean keepGoing;

  /**
   * The address of a target with what this asks of it.
   *
   * @throws GodwitException {@code USAGE} if such a target makes all or nothing
   */
  public String of(String uri) {
    return keepGoing
        ? OPTION.in(
            uri, "true", scheme -> Plugins.loader(scheme).options(), KeepGoingOption::without)
        : uri;
  }

  private static GodwitException without(String scheme) {
    return new GodwitException(
        ExitCode.USAGE,
        "a load into " + scheme + ":// ends with the first definition that is refused",
        "leave out --keep-going, and leave out with --exclude what is refused");
  }
}
