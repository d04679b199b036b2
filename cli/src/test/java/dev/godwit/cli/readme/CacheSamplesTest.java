package dev.godwit.cli.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.memcached.MemcachedServer;
import dev.godwit.testkit.server.memcached.NeedsMemcached;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of the README that name caches, in their order, each server a real one. */
@ExtendWith(NeedsMemcached.class)
class CacheSamplesTest {
  private static final Pattern SERVER = Pattern.compile("cache[0-9]:[0-9]+");

  private final Map<String, MemcachedServer> servers = new HashMap<>();
  @TempDir Path folder;

  private MemcachedServer server(String name) {
    return servers.computeIfAbsent(name, n -> MemcachedServer.start());
  }

  @AfterEach
  void stopServers() {
    servers.values().forEach(MemcachedServer::close);
  }

  @Test
  void everySampleRuns() throws Exception {
    for (int i = 0; i < 300; i++) {
      server(i % 2 == 0 ? "cache1:11211" : "cache2:11211").set("key" + i, "value" + i, "F" + i);
    }
    server("cache4:11211").set("key7", "old", "");
    List<String> samples =
        Files.readString(Path.of("..", "README.md"))
            .lines()
            .filter(line -> line.startsWith("godwit ") && line.contains("memcached://"))
            .toList();
    assertThat(samples).hasSize(3);
    for (String sample : samples) {
      Invocation done = Invocation.of(words(sample));
      assertThat(done.status()).as(sample + "\n" + done.err()).isZero();
    }
    assertThat(server("cache4:11211").item("key7")).isEqualTo("f7 t-1 value7");
    assertThat(server("cache4:11211").statistic("curr_items")).isEqualTo(300);
    long restored = 0;
    for (int i = 1; i <= 3; i++) {
      restored += server("cache" + i + ":11212").statistic("curr_items");
    }
    assertThat(restored).isEqualTo(300);
  }

  private String[] words(String sample) {
    List<String> words = new ArrayList<>();
    for (String word : sample.substring("godwit ".length()).split(" ", -1)) {
      Matcher named = SERVER.matcher(word.replace("\"", ""));
      words.add(
          named
              .replaceAll(server -> "127.0.0.1:" + server(server.group()).port())
              .replace("/backups", folder.toString()));
    }
    return words.toArray(new String[0]);
  }
}
