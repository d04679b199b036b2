package dev.godwit.loader.memcached;

import dev.godwit.extractor.memcached.MemcachedExtractorProvider;
import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.load.LoaderProvider;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.testkit.contract.LoaderGiven;
import dev.godwit.testkit.contract.LoaderSample;
import dev.godwit.testkit.server.memcached.MemcachedServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the contract tests need: two servers of items, and empty ones. */
interface ContractGiven extends LoaderGiven {
  /** One sample for all tests of this JVM. */
  final class Sample {
    private static final int ITEMS = 6000;
    private static final Map<String, List<MemcachedServer>> TARGETS = new ConcurrentHashMap<>();
    private static LoaderSample made;

    private Sample() {}

    static synchronized LoaderSample get() {
      if (made == null) {
        made = make(server(), server());
      }
      return made;
    }

    private static LoaderSample make(MemcachedServer one, MemcachedServer other) {
      for (int i = 0; i < ITEMS; i++) {
        byte[] key = ("session:" + i).getBytes(StandardCharsets.US_ASCII);
        byte[] value = "godwit ".repeat(i % 100).getBytes(StandardCharsets.US_ASCII);
        (i % 2 == 0 ? one : other).setQuietly(key, value, i % 3 == 0 ? "F" + i + " T5000" : "");
      }
      one.set("large", "x".repeat((8 << 20) + 100), "F3");
      other.set(new byte[] {-1, 0, ' ', '\r', '\n', 9}, new byte[] {'\r', '\n'}, "F4294967295");
      one.settle();
      other.settle();
      return new LoaderSample(
          MemcachedServer.uri(one, other), PasswordSource.NONE, List.of("memcached://127.0.0.1:1"));
    }

    private static MemcachedServer server() {
      return MemcachedServer.start("-I", "16m", "-m", "200");
    }
  }

  @Override
  default LoaderProvider provider() {
    return new MemcachedLoaderProvider();
  }

  @Override
  default ExtractorProvider reader() {
    return new MemcachedExtractorProvider();
  }

  @Override
  default LoaderSample sample() {
    return Sample.get();
  }

  @Override
  default String emptyTarget() {
    MemcachedServer one = Sample.server();
    MemcachedServer other = Sample.server();
    String uri = MemcachedServer.uri(one, other);
    Sample.TARGETS.put(uri, List.of(one, other));
    return uri;
  }

  /** A cache is always there; here one counts as missing while it holds nothing. */
  @Override
  default boolean isThere(String targetUri) {
    return Sample.TARGETS.get(targetUri).stream().anyMatch(s -> s.statistic("curr_items") > 0);
  }
}
