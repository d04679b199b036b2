package dev.godwit.loader.memcached;

import dev.godwit.extractor.memcached.session.ConnectionOptions;
import dev.godwit.extractor.memcached.session.MemcachedServer;
import dev.godwit.loader.memcached.placement.Ketama;
import dev.godwit.loader.memcached.placement.Modula;
import dev.godwit.loader.memcached.placement.Placement;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a cache is written.
 *
 * @param ifExists what becomes of items that are there
 * @param hashing how keys find their server
 * @param weights of the servers, in their order, as it was given
 */
record LoadOptions(IfExists ifExists, Hashing hashing, Optional<String> weights) {
  private static final String IF_EXISTS = "if-exists";
  private static final String HASHING = "hashing";
  private static final String WEIGHTS = "weights";

  /** What becomes of items that are there. */
  enum IfExists {
    /** The load is refused. */
    FAIL,
    /** They stay; ours are written beside them. */
    KEEP,
    /** Items of ours take the place of those with the same key. */
    REPLACE
  }

  /** How keys find their server. */
  enum Hashing {
    /** On a ring of 160 points a server. */
    KETAMA,
    /** By the remainder of a hash. */
    MODULA
  }

  /** The options of a Memcached URI that is written. */
  static final List<OptionSpec> ALL =
      Stream.concat(
              Stream.of(
                  OptionSpec.choice(
                      IF_EXISTS,
                      List.of("fail", "keep", "replace"),
                      "items that are there: refuse, or whose stay"),
                  OptionSpec.choice(
                      HASHING,
                      List.of("ketama", "modula"),
                      "how clients find the server of a key, as libmemcached has it"),
                  OptionSpec.text(
                      WEIGHTS, "", "shares of the servers in their order, such as 2,1,1")),
              ConnectionOptions.ALL.stream())
          .toList();

  static LoadOptions of(Options options) {
    return new LoadOptions(
        IfExists.valueOf(options.text(IF_EXISTS).orElseThrow().toUpperCase(Locale.ROOT)),
        Hashing.valueOf(options.text(HASHING).orElseThrow().toUpperCase(Locale.ROOT)),
        options.text(WEIGHTS));
  }

  /**
   * Where keys lie on these servers.
   *
   * @throws GodwitException {@code USAGE} where the weights are not one for each server
   */
  Placement placement(List<MemcachedServer> servers) {
    if (hashing == Hashing.MODULA) {
      if (weights.isPresent()) {
        throw new GodwitException(
            ExitCode.USAGE, "servers have weights with hashing=ketama only", "leave weights out");
      }
      return new Modula(servers.size());
    }
    List<Integer> shares = shares(servers.size());
    List<Ketama.Node> nodes = new ArrayList<>();
    for (int i = 0; i < servers.size(); i++) {
      nodes.add(new Ketama.Node(servers.get(i).name(), servers.get(i).port(), shares.get(i)));
    }
    return servers.size() == 1 ? key -> 0 : new Ketama(nodes);
  }

  private List<Integer> shares(int servers) {
    if (weights.isEmpty()) {
      return java.util.Collections.nCopies(servers, 1);
    }
    List<Integer> shares = new ArrayList<>();
    for (String share : weights.get().split(",", -1)) {
      if (!share.matches("[1-9][0-9]{0,5}")) {
        throw new GodwitException(
            ExitCode.USAGE, "weights=" + weights.get() + " must be whole numbers from 1 on");
      }
      shares.add(Integer.parseInt(share));
    }
    if (shares.size() != servers) {
      throw new GodwitException(
          ExitCode.USAGE,
          shares.size() + " weights are given for " + servers + " servers",
          "give one for each, in their order");
    }
    return shares;
  }
}
