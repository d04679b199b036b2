package dev.godwit.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.testkit.server.s3.Fault;
import dev.godwit.testkit.server.s3.FaultyNetwork;
import dev.godwit.testkit.server.s3.S3Server;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Why a server takes nobody in is told, though what a vault is asked for first are headers alone,
 * whose refusal gives no reason.
 */
class S3RefusalsTest {
  private static S3Server server;

  @BeforeAll
  static void start() throws IOException {
    Places.login();
    server = S3Server.start();
  }

  @AfterAll
  static void stop() {
    Places.login();
    server.close();
  }

  private static void assertRefused(S3Storage storage, String message, String hint) {
    assertThatThrownBy(() -> storage.stat("vault.json"))
        .isInstanceOfSatisfying(
            GodwitException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED);
              assertThat(e.hint().orElseThrow()).contains(hint);
            })
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1)
        .doesNotContain(S3Server.SECRET);
  }

  @Test
  void aSecretThatIsWrongIsToldAsTheLogin() {
    System.setProperty("aws.secretAccessKey", "another");
    try (S3Storage storage = Places.open(server.bucket(), "shop", server.endpoint(), "")) {
      assertRefused(
          storage,
          "refused the login for s3://" + server.bucket() + "/shop: SignatureDoesNotMatch",
          "AWS_SECRET_ACCESS_KEY");
    } finally {
      Places.login();
    }
  }

  @Test
  void anExpiredTokenIsToldAsTheLogin() throws IOException {
    try (FaultyNetwork network = new FaultyNetwork(server.port());
        S3Storage storage = Places.open(server.bucket(), "shop", network.endpoint(), "")) {
      network.rule(asked -> new Fault.Answered(400, "ExpiredToken"));
      assertRefused(storage, "refused the login", "AWS_SESSION_TOKEN");
    }
  }

  @Test
  void aBucketOfAnotherRegionIsToldAsSuch() throws IOException {
    try (FaultyNetwork network = new FaultyNetwork(server.port());
        S3Storage storage = Places.open(server.bucket(), "shop", network.endpoint(), "")) {
      network.rule(asked -> new Fault.Answered(301, "PermanentRedirect"));
      assertRefused(storage, server.bucket() + " is in another region", "?region=NAME");
    }
  }

  @Test
  void theRegionThatTheServerNamesStandsInTheHint() {
    SdkHttpResponse answer =
        SdkHttpResponse.builder()
            .statusCode(400)
            .putHeader("x-amz-bucket-region", "eu-central-1")
            .build();
    var refused =
        S3Exception.builder()
            .statusCode(400)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("AuthorizationHeaderMalformed")
                    .sdkHttpResponse(answer)
                    .build())
            .build();
    assertThatThrownBy(() -> S3Failure.of(new BucketFolder("b", ""), "vault.json", refused))
        .isInstanceOfSatisfying(
            GodwitException.class,
            e -> assertThat(e.hint().orElseThrow()).contains("?region=eu-central-1 "));
  }

  @Test
  void aHostThatIsNotThereIsToldAsSuch() {
    try (S3Storage storage = Places.open("bucket", "shop", "http://no-such-host.invalid", "")) {
      assertThatThrownBy(() -> storage.stat("vault.json"))
          .isInstanceOf(IOException.class)
          .hasMessage("no answer from the S3 server: there is no host no-such-host.invalid");
    }
  }
}
