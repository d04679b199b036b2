package dev.godwit.cli.option;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.plugin.Plugins;
import picocli.CommandLine.Option;

/** Whether passwords that definitions hold are carried. */
public final class SecretsOption {
  private static final StoreOption OPTION = new StoreOption("with-secrets");

  @Option(
      names = "--with-secrets",
      description = {
        "Carry the passwords that definitions hold too (user mappings and",
        "subscriptions of PostgreSQL, and roles with --roles)."
      })
  private boolean secrets;

  /**
   * The address of a store with what this asks of it.
   *
   * @throws GodwitException {@code USAGE} if definitions of such a store hold none
   */
  public String of(String uri) {
    return secrets
        ? OPTION.in(
            uri, "true", scheme -> Plugins.extractor(scheme).options(), SecretsOption::without)
        : uri;
  }

  private static GodwitException without(String scheme) {
    return new GodwitException(
        ExitCode.USAGE,
        "definitions of " + scheme + ":// hold no secrets",
        "leave out --with-secrets");
  }
}
