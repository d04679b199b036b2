package dev.godwit.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.testkit.server.Certificates;
import dev.godwit.testkit.server.s3.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;

/** A server whose certificate nobody but its owner vouches for. */
class HttpsTest {
  @TempDir static Path folder;
  private static S3Server server;
  private static Path trusted;
  private static Path other;

  @BeforeAll
  static void start() throws Exception {
    Places.login();
    trusted = Certificates.make(folder, "server", "dns:localhost");
    other = Certificates.make(folder, "other", "dns:localhost");
    server = S3Server.startEncrypted(folder.resolve("server.p12"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static S3Storage open(String endpoint, Map<String, String> environment) {
    return Places.open(server.bucket(), "shop", endpoint, "", environment);
  }

  private static BucketFolder place() {
    return BucketFolder.of(Places.address(server.bucket(), "shop", server.endpoint(), "").uri());
  }

  private static Map<String, String> trusting(Path file) {
    return Map.of("AWS_CA_BUNDLE", file.toString());
  }

  private static void refused(
      String endpoint, Map<String, String> environment, String message, String hint) {
    try (S3Storage storage = open(endpoint, environment)) {
      GodwitException failure =
          catchThrowableOfType(GodwitException.class, () -> storage.stat("vault.json"));
      assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(failure).hasMessageContaining("s3://").hasMessageContaining(message);
      assertThat(failure.getMessage()).hasLineCount(1).doesNotContain("PKIX");
      assertThat(failure.hint().orElseThrow()).contains(hint);
      assertThat(failure.getCause())
          .isInstanceOfSatisfying(
              SdkException.class, e -> assertThat(e.numAttempts()).as("asked once").isEqualTo(1));
    }
  }

  @Test
  void aServerThatIsVouchedForIsUsed() throws Exception {
    try (S3Storage storage = open(server.endpoint(), trusting(trusted))) {
      byte[] content = "a vault".getBytes(StandardCharsets.UTF_8);
      assertThat(storage.createIfAbsent("vault.json", content)).isTrue();
      assertThat(storage.stat("vault.json").size()).isEqualTo(content.length);
      storage.delete("vault.json");
    }
  }

  @Test
  void aServerThatNobodyVouchesForIsRefusedWithTheWayOut() {
    refused(server.endpoint(), Map.of(), "certificate is not trusted", "AWS_CA_BUNDLE");
    refused(server.endpoint(), trusting(other), "certificate is not trusted", "AWS_CA_BUNDLE");
  }

  @Test
  void theCertificateOfAnotherHostIsRefused() {
    String elsewhere = "https://127.0.0.1:" + server.port();
    refused(elsewhere, trusting(trusted), "127.0.0.1", "as the certificate does");
  }

  /** Java tells it as a failure of TLS, and whoever tries again must know it for what it is. */
  @Test
  void aConnectionThatBrokeIsNoRefusal() {
    assertThat(Https.failure(place(), new IOException(new SSLException("Connection reset"))))
        .isEmpty();
  }

  @Test
  void aServerThatSpeaksNoTlsIsToldApart() {
    SSLException plain = new SSLException("Unsupported or unrecognized SSL message");
    assertThat(Https.failure(place(), new IOException(plain)).orElseThrow().hint().orElseThrow())
        .contains("speaks TLS");
  }

  @Test
  void aFileThatIsNoneIsRefusedBeforeAnythingIsAsked() throws Exception {
    Path none = Files.writeString(folder.resolve("none.pem"), "");
    for (Path file : new Path[] {none, folder.resolve("missing.pem")}) {
      GodwitException failure =
          catchThrowableOfType(
              GodwitException.class, () -> open(server.endpoint(), trusting(file)));
      assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(failure)
          .hasMessageContaining("AWS_CA_BUNDLE")
          .hasMessageContaining(file.toString());
    }
  }
}
