package dev.godwit.cli.run;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.LoaderProvider;
import dev.godwit.spi.plugin.Plugins;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Opens the stores that a command line names. */
public final class Stores {
  private static final String EXAMPLE = "such as postgresql://user@host:5432/database";

  private Stores() {}

  /**
   * Opens a store for reading.
   *
   * @throws GodwitException {@code USAGE} for an address that cannot be read, an unknown scheme or
   *     option; {@code SOURCE_UNREACHABLE}
   */
  public static Extractor source(
      String uri, PasswordPlaces passwords, Terminal terminal, PluginContext context) {
    StoreUri parsed = parse(uri);
    ExtractorProvider plugin = Plugins.extractor(parsed.scheme());
    return plugin.open(address(parsed, plugin.options(), passwords, terminal, context), context);
  }

  /**
   * Opens a store for writing.
   *
   * @throws GodwitException {@code USAGE} for an address that cannot be read, an unknown scheme or
   *     option; {@code TARGET_UNREACHABLE}
   */
  public static Loader target(
      String uri, PasswordPlaces passwords, Terminal terminal, PluginContext context) {
    StoreUri parsed = parse(uri);
    LoaderProvider plugin = Plugins.loader(parsed.scheme());
    return plugin.open(address(parsed, plugin.options(), passwords, terminal, context), context);
  }

  /**
   * Opens for reading what was written: the same address, without the options that are for writing
   * alone.
   *
   * @throws GodwitException as of {@link #source}
   */
  public static Extractor written(
      String uri, PasswordPlaces passwords, Terminal terminal, PluginContext context) {
    StoreUri target = parse(uri);
    ExtractorProvider plugin = Plugins.extractor(target.scheme());
    Set<String> known = plugin.options().stream().map(OptionSpec::key).collect(Collectors.toSet());
    Map<String, String> query = new LinkedHashMap<>(target.query());
    query.keySet().retainAll(known);
    StoreUri read =
        new StoreUri(
            target.scheme(),
            target.user(),
            target.password(),
            target.hosts(),
            target.path(),
            query);
    return plugin.open(address(read, plugin.options(), passwords, terminal, context), context);
  }

  /** An address as it may be kept: without password and options. */
  public static String shown(String uri) {
    try {
      return StoreUri.parse(uri).display();
    } catch (IllegalArgumentException e) {
      return "an address that cannot be read";
    }
  }

  /**
   * What an address names, by which it is told from others: without the password and other secrets,
   * but with all other options, since one of them may name another server.
   *
   * @param options those that a plugin declares, by the scheme
   * @throws GodwitException {@code USAGE} for an address that cannot be read, or an unknown scheme
   */
  public static String identity(String uri, Function<String, List<OptionSpec>> options) {
    StoreUri parsed = parse(uri);
    Map<String, String> told = new TreeMap<>(parsed.query());
    options.apply(parsed.scheme()).stream()
        .filter(OptionSpec::secret)
        .forEach(option -> told.remove(option.key()));
    return parsed.display() + (told.isEmpty() ? "" : "?" + told);
  }

  private static StoreUri parse(String uri) {
    try {
      return StoreUri.parse(uri);
    } catch (IllegalArgumentException e) {
      throw new GodwitException(
          ExitCode.USAGE, "cannot read the store's address: " + e.getMessage(), EXAMPLE, e);
    }
  }

  private static StoreAddress address(
      StoreUri uri,
      List<OptionSpec> options,
      PasswordPlaces passwords,
      Terminal terminal,
      PluginContext context) {
    Options bound = Options.bind(options, uri);
    if (uri.password().isPresent()) {
      context
          .warnings()
          .accept(
              "the password in the address can be seen in the process list; better are"
                  + " --password-file, --password-command or "
                  + passwords.variable());
    }
    return new StoreAddress(
        uri, bound, new Passwords(terminal, passwords, uri.password(), context.cancellation()));
  }
}
