package dev.godwit.cli.option;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.plugin.Plugins;
import dev.godwit.spi.store.OptionSpec;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Whether roles that a target lacks are made. */
public final class RestoredRolesOption {
  private static final StoreOption OPTION = new StoreOption("roles");

  @Option(
      names = "--roles",
      description =
          "Make the roles that the server lacks, where the backup carries them; those that it has"
              + " stay as they are.")
  private boolean roles;

  /**
   * The address of a target with what this asks of it.
   *
   * @throws GodwitException {@code USAGE} if no roles are made in such a target
   */
  public String of(String uri) {
    return roles
        ? OPTION.in(
            uri, "true", scheme -> Plugins.loader(scheme).options(), RestoredRolesOption::without)
        : uri;
  }

  /** The address of a target with the option, where its kind has it. */
  static String whereKnown(String uri) {
    String scheme = uri.split(":", 2)[0].toLowerCase(Locale.ROOT);
    List<OptionSpec> declared = Plugins.loader(scheme).options();
    return declared.stream().anyMatch(option -> option.key().equals(OPTION.key()))
        ? OPTION.in(uri, "true", s -> declared, RestoredRolesOption::without)
        : uri;
  }

  private static GodwitException without(String scheme) {
    return new GodwitException(
        ExitCode.USAGE,
        "--roles is not for a restore into " + scheme + "://",
        "leave it out: what the backup carries comes back anyway");
  }
}
