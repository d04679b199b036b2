package dev.godwit.extractor.redis.session;

import dev.godwit.spi.store.OptionSpec;
import java.util.List;

/** The options of a URI that say how a server is reached. */
public final class ConnectionOptions {
  static final String CONNECT = "connect-timeout";
  static final String ANSWER = "answer-timeout";
  static final String AUTHORITY = "cacert";
  static final String VERIFY = "verify";
  static final String SENTINEL = "sentinel";

  /** All of them. */
  public static final List<OptionSpec> ALL =
      List.of(
          OptionSpec.number(CONNECT, 10_000, "milliseconds until a host counts as unreachable"),
          OptionSpec.number(ANSWER, 60_000, "milliseconds without a byte until a command fails"),
          OptionSpec.text(AUTHORITY, "", "a PEM file of the authorities that rediss:// trusts"),
          OptionSpec.onOff(VERIFY, true, "whether rediss:// verifies the server's certificate"),
          OptionSpec.text(
              SENTINEL, "", "the hosts are sentinels, which know the server so called"));

  private ConnectionOptions() {}
}
