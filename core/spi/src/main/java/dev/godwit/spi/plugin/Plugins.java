package dev.godwit.spi.plugin;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.load.LoaderProvider;
import dev.godwit.spi.storage.StorageProvider;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The plugins on the class path, found under the exact scheme of a URI. */
public final class Plugins {
  private Plugins() {}

  /**
   * The extractor of a scheme.
   *
   * @throws GodwitException {@link ExitCode#USAGE} where no plugin reads it
   */
  public static ExtractorProvider extractor(String scheme) {
    return find(ExtractorProvider.class, ExtractorProvider::schemes, scheme, "reads");
  }

  /**
   * The loader of a scheme.
   *
   * @throws GodwitException {@link ExitCode#USAGE} where no plugin writes it
   */
  public static LoaderProvider loader(String scheme) {
    return find(LoaderProvider.class, LoaderProvider::schemes, scheme, "writes");
  }

  /**
   * The storage of a scheme.
   *
   * @throws GodwitException {@link ExitCode#USAGE} where no plugin stores there
   */
  public static StorageProvider storage(String scheme) {
    return find(StorageProvider.class, StorageProvider::schemes, scheme, "keeps a vault in");
  }

  private static <P> P find(
      Class<P> kind, Function<P, Set<String>> schemes, String scheme, String does) {
    Set<String> known = new TreeSet<>();
    for (P plugin : ServiceLoader.load(kind)) {
      if (schemes.apply(plugin).contains(scheme)) {
        return plugin;
      }
      known.addAll(schemes.apply(plugin));
    }
    throw new GodwitException(
        ExitCode.USAGE,
        "no plugin " + does + " " + scheme + "://",
        known.isEmpty() ? "none is installed" : "schemes are " + String.join(", ", known));
  }
}
