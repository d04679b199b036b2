package dev.godwit.extractor.redis.read;

import dev.godwit.extractor.redis.session.ConnectionOptions;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.Options;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How a server is read.
 *
 * @param reading which way is asked for
 * @param roles whether the users of the ACL are carried too
 */
public record ReadOptions(Way reading, boolean roles) {
  private static final String READING = "reading";
  private static final String ROLES = "roles";

  /** The ways to read. */
  public enum Way {
    /** As a replica where the server lets us, else by SCAN. */
    BEST,
    /** As a replica, else the run is refused. */
    REPLICA,
    /** By SCAN. */
    SCAN
  }

  /** The options of a Redis URI that is read. */
  public static final List<OptionSpec> ALL =
      Stream.concat(
              Stream.of(
                  OptionSpec.choice(
                      READING,
                      List.of("best", "replica", "scan"),
                      "as a replica, which shows one instant, or by SCAN, which does not"),
                  OptionSpec.onOff(
                      ROLES, false, "carry the users of the ACL too, all but 'default'")),
              ConnectionOptions.ALL.stream())
          .toList();

  /** Reads the options of a URI. */
  public static ReadOptions of(Options options) {
    return new ReadOptions(
        Way.valueOf(options.text(READING).orElseThrow().toUpperCase(Locale.ROOT)),
        options.on(ROLES));
  }
}
