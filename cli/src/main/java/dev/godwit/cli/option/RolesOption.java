package dev.godwit.cli.option;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.plugin.Plugins;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Whether users and roles are carried too. */
public final class RolesOption {
  private static final String OPTION = "roles"; // that a plugin declares which can carry them

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
    if (!roles) {
      return uri;
    }
    String scheme = uri.split(":", 2)[0].toLowerCase(Locale.ROOT);
    if (Plugins.extractor(scheme).options().stream().noneMatch(o -> o.key().equals(OPTION))) {
      throw new GodwitException(
          ExitCode.USAGE,
          "users and roles of " + scheme + ":// are not carried",
          "leave out --roles, and make them in the target beforehand");
    }
    return uri + (uri.indexOf('?') < 0 ? '?' : '&') + OPTION + "=true";
  }
}
