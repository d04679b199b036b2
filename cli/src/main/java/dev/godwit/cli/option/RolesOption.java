package dev.godwit.cli.option;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.plugin.Plugins;
import picocli.CommandLine.Option;

/** Whether users and roles are carried too. */
public final class RolesOption {
  private static final StoreOption OPTION = new StoreOption("roles");

  @Option(
      names = "--roles",
      description = "Carry the users and roles of the database too, where its kind can.")
  private boolean roles;

  /**
   * The address of a store with what this asks of it.
   *
   * @throws GodwitException {@code USAGE} if users and roles of such a store are not carried
   */
  public String of(String uri) {
    return roles
        ? OPTION.in(
            uri, "true", scheme -> Plugins.extractor(scheme).options(), RolesOption::without)
        : uri;
  }

  /** The address of what gets the users and roles: they are made there, where its kind asks. */
  public String ofTarget(String uri) {
    return roles ? RestoredRolesOption.whereKnown(uri) : uri;
  }

  private static GodwitException without(String scheme) {
    return new GodwitException(
        ExitCode.USAGE,
        "users and roles of " + scheme + ":// are not carried",
        "leave out --roles, and make them in the target beforehand");
  }
}
