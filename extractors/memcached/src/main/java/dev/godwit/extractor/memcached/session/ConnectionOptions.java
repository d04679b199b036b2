package dev.godwit.extractor.memcached.session;

import dev.godwit.spi.store.OptionSpec;
import java.util.List;

/** The options of a URI that say how servers are reached. */
public final class ConnectionOptions {
  static final String CONNECT = "connect-timeout";
  static final String ANSWER = "answer-timeout";

  /** All of them. */
  public static final List<OptionSpec> ALL =
      List.of(
          OptionSpec.number(CONNECT, 10_000, "milliseconds until a host counts as unreachable"),
          OptionSpec.number(ANSWER, 60_000, "milliseconds without a byte until a command fails"));

  private ConnectionOptions() {}
}
