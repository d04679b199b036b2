package dev.godwit.loader.mongodb;

import dev.godwit.extractor.mongodb.session.DriverOptions;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.Options;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How a database is written.
 *
 * @param ifExists what becomes of collections that are there
 */
record LoadOptions(IfExists ifExists) {
  private static final String IF_EXISTS = "if-exists";

  /** What becomes of a collection that is there, and of its documents. */
  enum IfExists {
    /** The load is refused. */
    FAIL,
    /** Documents that are there stay; ours are written beside them. */
    KEEP,
    /** Documents of ours take the place of those with the same {@code _id}. */
    REPLACE
  }

  /** The options of a MongoDB URI that is written: ours, then the driver's. */
  static final List<OptionSpec> ALL =
      Stream.concat(
              Stream.of(
                  OptionSpec.choice(
                      IF_EXISTS,
                      List.of("fail", "keep", "replace"),
                      "collections that are there: refuse, or whose documents stay")),
              DriverOptions.ALL.stream())
          .toList();

  static LoadOptions of(Options options) {
    return new LoadOptions(
        IfExists.valueOf(options.text(IF_EXISTS).orElseThrow().toUpperCase(Locale.ROOT)));
  }
}
