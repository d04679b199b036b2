package dev.godwit.cli.option;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.OptionSpec;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * An option of a store's address that a flag stands for.
 *
 * @param key under which the kinds of store declare it that have it
 */
record StoreOption(String key) {
  /**
   * An address with the option.
   *
   * @param declared what a kind of store declares, by its scheme
   * @param without what to throw where it has no such option, by its scheme
   */
  String in(
      String uri,
      String value,
      Function<String, List<OptionSpec>> declared,
      Function<String, GodwitException> without) {
    String scheme = uri.split(":", 2)[0].toLowerCase(Locale.ROOT);
    if (declared.apply(scheme).stream().noneMatch(option -> option.key().equals(key))) {
      throw without.apply(scheme);
    }
    return uri + (uri.indexOf('?') < 0 ? '?' : '&') + key + '=' + value;
  }
}
