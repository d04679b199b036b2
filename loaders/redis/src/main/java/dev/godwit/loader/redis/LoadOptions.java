package dev.godwit.loader.redis;

import dev.godwit.extractor.redis.session.ConnectionOptions;
import dev.godwit.loader.redis.write.IfExists;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.Options;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How a server is written.
 *
 * @param ifExists what becomes of keys that are there
 * @param form what rows and documents become, and which types of values are taken
 */
record LoadOptions(IfExists ifExists, RecordForm.KeyValues form) {
  private static final String IF_EXISTS = "if-exists";
  private static final String ROWS = "rows";
  private static final String HASH = "hash";
  private static final String STRING = "string";

  /** The options of a Redis URI that is written. */
  static final List<OptionSpec> ALL =
      Stream.concat(
              Stream.of(
                  OptionSpec.choice(
                      IF_EXISTS,
                      List.of("fail", "keep", "replace"),
                      "keys that are there: refuse, or whose value stays"),
                  OptionSpec.choice(
                      ROWS,
                      List.of(HASH, "json"),
                      "what rows and documents become: hashes, or strings of JSON")),
              ConnectionOptions.ALL.stream())
          .toList();

  static LoadOptions of(Options options) {
    boolean json = options.text(ROWS).orElseThrow().equals("json");
    return new LoadOptions(
        IfExists.valueOf(options.text(IF_EXISTS).orElseThrow().toUpperCase(Locale.ROOT)),
        new RecordForm.KeyValues(
            List.of(
                json ? STRING : HASH,
                json ? HASH : STRING,
                "list",
                "set",
                "zset",
                "stream",
                "module")));
  }
}
