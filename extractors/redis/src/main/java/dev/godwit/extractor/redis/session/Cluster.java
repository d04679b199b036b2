package dev.godwit.extractor.redis.session;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A cluster: its primaries, each of which holds the keys of some slots.
 *
 * @see <a href="https://redis.io/docs/latest/commands/cluster-slots/">CLUSTER SLOTS</a>
 */
public final class Cluster {
  private static final int SLOTS = 16_384;

  private final RedisServer seed;
  private final SortedMap<Long, Range> ranges;
  private final List<RedisServer> primaries;

  /** Slots that lie together, up to and with the last. */
  private record Range(long last, String host, long port) {}

  private Cluster(RedisServer seed, SortedMap<Long, Range> ranges, List<RedisServer> primaries) {
    this.seed = seed;
    this.ranges = ranges;
    this.primaries = List.copyOf(primaries);
  }

  /**
   * Asks a node for its cluster and connects to each primary.
   *
   * @throws GodwitException where a slot has no primary, or one cannot be reached
   */
  public static Cluster of(RedisServer seed) {
    SortedMap<Long, Range> ranges = ranges(seed);
    long next = 0;
    Map<String, RedisServer> primaries = new LinkedHashMap<>();
    for (Map.Entry<Long, Range> range : ranges.entrySet()) {
      if (range.getKey() != next) {
        throw incomplete(seed, next);
      }
      next = range.getValue().last + 1;
      Range where = range.getValue();
      primaries.computeIfAbsent(
          where.host + ":" + where.port, name -> seed.node(where.host, (int) where.port));
    }
    if (next != SLOTS) {
      throw incomplete(seed, next);
    }
    return new Cluster(seed, ranges, new ArrayList<>(primaries.values()));
  }

  private static GodwitException incomplete(RedisServer seed, long slot) {
    return new GodwitException(
        ExitCode.FAILED,
        "the cluster of " + seed.host() + " is not whole: nobody holds slot " + slot,
        "see CLUSTER INFO; a backup of a part of the keys is none");
  }

  private static SortedMap<Long, Range> ranges(RedisServer seed) {
    SortedMap<Long, Range> ranges = new TreeMap<>(Comparator.naturalOrder());
    try (RedisConnection connection = seed.connect()) {
      String doing = "cannot ask " + seed.host() + " for its cluster";
      for (Object one : (List<?>) connection.call(doing, "CLUSTER", "SLOTS")) {
        List<?> range = (List<?>) one;
        List<?> primary = (List<?>) range.get(2);
        // A node that does not know its own address says none, or "?": then it is the one asked.
        String host =
            primary.get(0) instanceof byte[] name ? new String(name, StandardCharsets.UTF_8) : "";
        ranges.put(
            (Long) range.get(0),
            new Range(
                (Long) range.get(1),
                host.isEmpty() || host.equals("?") ? seed.hostName() : host,
                (Long) primary.get(1)));
      }
    }
    return ranges;
  }

  /** The primaries, by the first of their slots. */
  public List<RedisServer> primaries() {
    return primaries;
  }

  /**
   * Checks that every slot is still where it was.
   *
   * @throws GodwitException if not: a key that moved may have been met twice or never
   */
  public void unmoved() {
    if (!ranges(seed).equals(ranges)) {
      throw new GodwitException(
          ExitCode.FAILED,
          "slots of the cluster of " + seed.host() + " were moved while it was read",
          "read it again once it is balanced: keys that moved may be missing");
    }
  }
}
