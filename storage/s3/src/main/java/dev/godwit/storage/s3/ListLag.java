package dev.godwit.storage.s3;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.Options;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * For how long a server's lists may be late. Those of AWS never are: "Amazon S3 provides strong
 * read-after-write consistency for PUT and DELETE requests", lists among them (its user guide,
 * "Amazon S3 data consistency model"). Of a server of another kind nobody knows, so its lists are
 * taken to lag unless the address says that they do not.
 */
final class ListLag {
  static final String OPTION = "list-lag";
  static final String HELP =
      "minutes that lists may lag: 0 for AWS, 60 where another endpoint does not say";

  private static final Duration UNKNOWN = Duration.ofMinutes(60);
  private static final String MINUTES = "[0-9]{1,5}";

  private ListLag() {}

  /**
   * What an address says, else what is known of the server that it or the environment names.
   *
   * @param environment in which the SDK looks for a server too (AWS SDKs and Tools Reference Guide,
   *     "Service-specific endpoints")
   */
  static Duration of(Options options, Map<String, String> environment) {
    return options
        .text(OPTION)
        .map(ListLag::minutes)
        .orElseGet(
            () ->
                options
                    .text("endpoint")
                    .or(() -> Optional.ofNullable(environment.get("AWS_ENDPOINT_URL_S3")))
                    .or(() -> Optional.ofNullable(environment.get("AWS_ENDPOINT_URL")))
                    .map(ListLag::ofServer)
                    .orElse(Duration.ZERO));
  }

  private static Duration minutes(String text) {
    if (!text.matches(MINUTES)) {
      throw new GodwitException(
          ExitCode.USAGE,
          "option list-lag=" + text + " must be a number of minutes",
          "list-lag=0 for a server whose lists show at once what was written, else such as 60");
    }
    return Duration.ofMinutes(Long.parseLong(text));
  }

  private static Duration ofServer(String endpoint) {
    try {
      String host = URI.create(endpoint).getHost();
      boolean aws =
          host != null && host.toLowerCase(Locale.ROOT).matches(".*\\.amazonaws\\.com(\\.cn)?");
      return aws ? Duration.ZERO : UNKNOWN;
    } catch (IllegalArgumentException e) {
      return UNKNOWN; // whoever connects says what is wrong with it
    }
  }
}
