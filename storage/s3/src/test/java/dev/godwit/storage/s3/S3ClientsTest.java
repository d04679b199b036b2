package dev.godwit.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import org.junit.jupiter.api.Test;

/** What is no address of a server is told as such. */
class S3ClientsTest {
  @Test
  void anEndpointThatIsNoUrlIsRefused() {
    for (String endpoint :
        new String[] {
          "//host:9000",
          "host:9000",
          "ftp://host",
          "http://me@host",
          "http://",
          "http://host:99999",
          "http://host:0"
        }) {
      assertThatThrownBy(() -> Places.open("bucket", "shop", endpoint, ""))
          .as(endpoint)
          .isInstanceOfSatisfying(
              GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
          .hasMessage("the endpoint is no URL");
    }
  }
}
