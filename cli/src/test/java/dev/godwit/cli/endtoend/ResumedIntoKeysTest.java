package dev.godwit.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.redis.RedisServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a load of rows into keys was begun as, it goes on as. */
class ResumedIntoKeysTest {

  @Test
  void theAddressSaysWhatRowsBecome(@TempDir Path folder) {
    Database source = Database.empty();
    source.execute(
        "create table visits (page text, day integer, primary key (page, day));"
            + " insert into visits values ('a:b', 1)");
    String vault = folder.resolve("vault").toString();
    assertThat(Invocation.of("backup", "-q", "--init", source.uri(), vault).status()).isZero();
    try (RedisServer redis = RedisServer.start()) {
      String json = redis.uri(0) + "?rows=json";
      String untaken = "page of row page=a:b, day=1 holds ':'";
      assertThat(Invocation.of("restore", vault, json).err()).contains(untaken);
      assertThat(Invocation.of("restore", "--resume", vault, json).err()).contains(untaken);
      Invocation other = Invocation.of("restore", "--resume", vault, redis.uri(0));
      assertThat(other.err()).contains("is of another plan");
      assertThat(other.status()).isEqualTo(1);
    }
  }
}
