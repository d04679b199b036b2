package dev.godwit.cli.option;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.plugin.Plugins;
import picocli.CommandLine.Option;

/** Whether owners and privileges are given back. */
public final class OwnerOptions {
  private static final StoreOption NO_OWNER = new StoreOption("no-owner");
  private static final StoreOption NO_PRIVILEGES = new StoreOption("no-privileges");

  @Option(
      names = "--no-owner",
      description = "Leave everything to the user who loads, not to whose it was.")
  private boolean noOwner;

  @Option(
      names = "--no-privileges",
      description = "Leave out who may do what: grants and default privileges.")
  private boolean noPrivileges;

  /**
   * The address of a target with what these ask of it.
   *
   * @throws GodwitException {@code USAGE} if such a target has no owners
   */
  public String of(String uri) {
    String owned = noOwner ? with(NO_OWNER, uri) : uri;
    return noPrivileges ? with(NO_PRIVILEGES, owned) : owned;
  }

  private static String with(StoreOption option, String uri) {
    return option.in(
        uri, "true", scheme -> Plugins.loader(scheme).options(), OwnerOptions::without);
  }

  private static GodwitException without(String scheme) {
    return new GodwitException(
        ExitCode.USAGE,
        scheme + ":// gets no owners and privileges",
        "leave out --no-owner and --no-privileges");
  }
}
