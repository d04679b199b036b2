package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.redis.Contents;
import dev.godwit.testkit.server.redis.RedisServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signal amid a load of keys: what is said of going on, and that it is so. */
class SignalledLoadIT {
  private static final long KEYS = 200_000;

  @TempDir Path folder;
  private final RedisServer shop = RedisServer.start();
  private String vault;

  @BeforeEach
  void fill() {
    List<List<String>> commands = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      commands.add(List.of("HSET", "user:" + i, "name", "godwit " + i, "eggs", "" + i % 5));
    }
    shop.callMany(commands);
    vault = folder.resolve("vault").toString();
  }

  /** Begins a command, and sends a signal once keys are there and the server takes no more. */
  private static Launched signalled(String signal, RedisServer target, String... command)
      throws Exception {
    Launched load = Launched.of(command);
    while ((Long) target.call("DBSIZE") < 1000) {
      Thread.onSpinWait();
    }
    target.call("CLIENT", "PAUSE", "600000", "WRITE");
    assertThat((Long) target.call("DBSIZE")).isLessThan(KEYS);
    load.signal(signal);
    assertThat(load.status()).isEqualTo(signal.equals("INT") ? 130 : 143);
    target.call("CLIENT", "UNPAUSE");
    return load;
  }

  @Test
  void aRestoreGoesOnWithResume() throws Exception {
    assertThat(Invocation.of("backup", "-q", "--init", shop.uri(), vault).status()).isZero();
    try (RedisServer copy = RedisServer.start()) {
      assertThat(signalled("TERM", copy, "restore", "-q", vault, copy.uri()).printed())
          .isEqualTo(
              "godwit: terminated\nhint: what was loaded is kept: --resume goes on with it\n");
      assertThat(Invocation.of("restore", "-q", "--resume", vault, copy.uri()).status()).isZero();
      assertThat(Contents.of(copy).equals(Contents.of(shop))).isTrue();
    }
  }

  @Test
  void aMigrationByAVaultGoesOnByItself() throws Exception {
    try (RedisServer copy = RedisServer.start()) {
      String[] command = {"migrate", "-q", shop.uri(), copy.uri(), "--via", vault};
      assertThat(signalled("INT", copy, command).printed())
          .isEqualTo(
              """
              godwit: interrupted
              hint: what was loaded is kept: the same command goes on with it
              """);
      assertThat(Invocation.of(command).status()).isZero();
      assertThat(Contents.of(copy).equals(Contents.of(shop))).isTrue();
    }
  }

  @Test
  void aMigrationWithoutAVaultStartsOver() throws Exception {
    try (RedisServer copy = RedisServer.start()) {
      String[] command = {"migrate", "-q", shop.uri(), copy.uri()};
      assertThat(signalled("INT", copy, command).printed())
          .isEqualTo(
              """
              godwit: interrupted
              hint: this migration starts over: drop first what it left in the target
              """);
      Invocation again = Invocation.of(command);
      assertThat(again.status()).isEqualTo(1);
      assertThat(again.err()).contains("starts over").doesNotContain("--resume");
    }
  }
}
