package dev.godwit.extractor.memcached.read;

import dev.godwit.extractor.memcached.session.ConnectionOptions;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.Options;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How servers are read.
 *
 * @param withCas whether records tell the CAS number of their item
 * @param crawlerWait how long to wait for a crawler that is busy
 */
public record ReadOptions(boolean withCas, Duration crawlerWait) {
  private static final String CAS = "cas";
  private static final String CRAWLER = "crawler-wait";

  /** The options of a Memcached URI that is read. */
  public static final List<OptionSpec> ALL =
      Stream.concat(
              Stream.of(
                  OptionSpec.onOff(CAS, false, "read the CAS number of each item too"),
                  OptionSpec.number(
                      CRAWLER, 60, "seconds to wait for the server's crawler, if it is busy")),
              ConnectionOptions.ALL.stream())
          .toList();

  /** Reads the options of a URI. */
  public static ReadOptions of(Options options) {
    return new ReadOptions(options.on(CAS), Duration.ofSeconds(options.number(CRAWLER)));
  }
}
