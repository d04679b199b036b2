package dev.godwit.extractor.memcached;

import dev.godwit.extractor.memcached.value.Records;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.Secret;
import dev.godwit.testkit.contract.ExtractorSample;
import dev.godwit.testkit.server.memcached.MemcachedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two servers filled once for all contract tests of this JVM; they ask for a password. */
final class ContractSample {
  private static final int SESSIONS = 20_000;
  private static ExtractorSample sample;

  private ContractSample() {}

  static synchronized ExtractorSample get() {
    if (sample == null) {
      sample = make();
    }
    return sample;
  }

  private static ExtractorSample make() {
    Path users = users();
    MemcachedServer one = MemcachedServer.start("-I", "16m", "-m", "300", "-Y", users.toString());
    MemcachedServer other = MemcachedServer.start();
    one.send("set login 0 0 11\r\nbird s3cret\r\n".getBytes(StandardCharsets.US_ASCII));
    if (!one.line().equals("STORED")) {
      throw new IllegalStateException();
    }
    for (int i = 0; i < SESSIONS; i++) {
      byte[] key = ("session:" + i).getBytes(StandardCharsets.US_ASCII);
      byte[] value = "godwit ".repeat(i % 100).getBytes(StandardCharsets.US_ASCII);
      (i % 2 == 0 ? one : other).setQuietly(key, value, i % 3 == 0 ? "F" + i + " T5000" : "");
    }
    one.set("large", "x".repeat((8 << 20) + 100), "");
    other.set(new byte[] {-1, 0, ' ', '\r', '\n', 9}, new byte[] {0, '\r', '\n'}, "F4294967295");
    one.settle();
    other.settle();
    String login = "memcached://bird@";
    return new ExtractorSample(
        MemcachedServer.uri(one, other).replace("memcached://", login),
        PasswordSource.of(Secret.of("s3cret")),
        Map.of(Records.NAME, SESSIONS + 2L),
        Optional.of(new ExtractorSample.Condition(Records.NAME, "session:1999?", 10)),
        List.of(
            "memcached://127.0.0.1:1",
            one.uri(),
            one.uri().replace("memcached://", "memcached://nobody@"),
            other.uri() + ",127.0.0.1:1"));
  }

  private static Path users() {
    try {
      Path file = Files.createTempFile("godwit-test-", ".users");
      file.toFile().deleteOnExit();
      return Files.writeString(file, "bird:s3cret\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
