package dev.godwit.extractor.mongodb.read;

import dev.godwit.extractor.mongodb.session.DriverOptions;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.Options;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How a database is read.
 *
 * @param partitionBytes what a partition should hold, in bytes of documents
 * @param sized whether that was asked for, and is not our default
 * @param consistency the instant that is asked for
 * @param roles whether users and roles are carried too
 */
public record ReadOptions(
    long partitionBytes, boolean sized, Consistency consistency, boolean roles) {
  private static final String PARTITION_SIZE = "partition-size";
  private static final String CONSISTENCY = "consistency";
  private static final String ROLES = "roles";

  /** What instant is asked for. */
  public enum Consistency {
    /** The best that the server has. */
    BEST,
    /** One for all partitions, else the run is refused. */
    SNAPSHOT,
    /** One for each partition, else the run is refused. */
    PARTITION,
    /** None: plain reading, whatever changes meanwhile. */
    NONE
  }

  /** The options of a MongoDB URI that is read: ours, then the driver's. */
  public static final List<OptionSpec> ALL =
      Stream.concat(
              Stream.of(
                  OptionSpec.number(PARTITION_SIZE, 64, "MB of documents read as one partition"),
                  OptionSpec.choice(
                      CONSISTENCY,
                      List.of("best", "snapshot", "partition", "none"),
                      "the instant to show: one for all, one for each partition, or none"),
                  OptionSpec.onOff(ROLES, false, "carry the database's users and roles too")),
              DriverOptions.ALL.stream())
          .toList();

  /** Reads the options of a URI. */
  public static ReadOptions of(Options options) {
    return new ReadOptions(
        Math.max(1, options.number(PARTITION_SIZE)) << 20,
        options.given().containsKey(PARTITION_SIZE),
        Consistency.valueOf(options.text(CONSISTENCY).orElseThrow().toUpperCase(Locale.ROOT)),
        options.on(ROLES));
  }
}
