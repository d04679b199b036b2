package dev.godwit.cli.option;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.plugin.Plugins;
import picocli.CommandLine.Option;

/** Whether owners, privileges, places and labels are given back. */
public final class OwnerOptions {
  private static final StoreOption NO_OWNER = new StoreOption("no-owner");
  private static final StoreOption NO_PRIVILEGES = new StoreOption("no-privileges");

  private static final StoreOption NO_TABLESPACES = new StoreOption("no-tablespaces");
  private static final StoreOption NO_SECURITY_LABELS = new StoreOption("no-security-labels");

  @Option(
      names = "--no-owner",
      description = "Leave everything to the user who loads, not to whose it was.")
  private boolean noOwner;

  @Option(
      names = "--no-privileges",
      description = "Leave out who may do what: grants and default privileges.")
  private boolean noPrivileges;

  @Option(
      names = "--no-tablespaces",
      description = "Have everything in the database's own tablespace, wherever it lay.")
  private boolean noTablespaces;

  @Option(
      names = "--no-security-labels",
      description = "Leave out the labels that security modules of the server read.")
  private boolean noSecurityLabels;

  /**
   * The address of a target with what these ask of it.
   *
   * @throws GodwitException {@code USAGE} if such a target has no owners
   */
  public String of(String uri) {
    String asked = noOwner ? with(NO_OWNER, uri) : uri;
    asked = noPrivileges ? with(NO_PRIVILEGES, asked) : asked;
    asked = noTablespaces ? with(NO_TABLESPACES, asked) : asked;
    return noSecurityLabels ? with(NO_SECURITY_LABELS, asked) : asked;
  }

  private static String with(StoreOption option, String uri) {
    return option.in(
        uri, "true", scheme -> Plugins.loader(scheme).options(), OwnerOptions::without);
  }

  private static GodwitException without(String scheme) {
    return new GodwitException(
        ExitCode.USAGE,
        scheme + ":// gets no owners, privileges, tablespaces and security labels",
        "leave out --no-owner, --no-privileges, --no-tablespaces and --no-security-labels");
  }
}
