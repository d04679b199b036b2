package dev.godwit.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.StoreUri;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** For how long a server's lists are taken to lag. */
class ListLagTest {
  private static long minutes(String query) {
    return minutes(query, Map.of());
  }

  private static long minutes(String query, Map<String, String> environment) {
    StoreUri uri = StoreUri.parse("s3://bucket/shop" + query);
    return ListLag.of(Options.bind(new S3StorageProvider().options(), uri), environment)
        .toMinutes();
  }

  @Test
  void awsIsNeverLate() {
    assertThat(minutes("")).isZero();
    assertThat(minutes("?region=eu-central-1")).isZero();
    assertThat(minutes("?endpoint=https://s3.dualstack.eu-west-1.amazonaws.com")).isZero();
    assertThat(minutes("?endpoint=https://S3.cn-north-1.amazonaws.com.cn:443")).isZero();
  }

  @Test
  void anotherServerSaysIt() {
    assertThat(minutes("?endpoint=http://127.0.0.1:9000")).isEqualTo(60);
    assertThat(minutes("?endpoint=https://amazonaws.com.example.org")).isEqualTo(60);
    assertThat(minutes("?endpoint=https://notamazonaws.com")).isEqualTo(60);
    assertThat(minutes("?endpoint=http://127.0.0.1:9000&list-lag=0")).isZero();
    assertThat(minutes("?list-lag=15")).isEqualTo(15);
  }

  @Test
  void aServerOfTheEnvironmentIsAnotherToo() {
    String server = "http://127.0.0.1:9000";
    assertThat(minutes("", Map.of("AWS_ENDPOINT_URL", server))).isEqualTo(60);
    assertThat(minutes("", Map.of("AWS_ENDPOINT_URL_S3", server))).isEqualTo(60);
    assertThat(minutes("?list-lag=0", Map.of("AWS_ENDPOINT_URL", server))).isZero();
  }

  @Test
  void whatIsNoNumberIsRefused() {
    for (String text : new String[] {"1h", "-1", "soon", "1000000"}) {
      assertThatThrownBy(() -> minutes("?list-lag=" + text))
          .isInstanceOfSatisfying(
              GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    }
  }
}
