package dev.godwit.extractor.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ConsistencyPoint.Guarantee;
import dev.godwit.testkit.server.FreePort;
import dev.godwit.testkit.server.redis.RedisProgram;
import dev.godwit.testkit.server.redis.RedisServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code rediss://}. */
class EncryptedTest {
  @TempDir static Path folder;
  private static RedisServer server;
  private static int port;
  private static Path certificate;

  @BeforeAll
  static void start() throws Exception {
    Path store = folder.resolve("keys.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "RSA",
        "-keysize",
        "2048",
        "-validity",
        "30",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        "changeit");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    certificate = pem("CERTIFICATE", keys.getCertificate("server").getEncoded());
    Path key = pem("PRIVATE KEY", keys.getKey("server", "changeit".toCharArray()).getEncoded());
    port = FreePort.choose();
    server =
        RedisServer.start(
            RedisProgram.atLeast(6),
            "--tls-port",
            Integer.toString(port),
            "--tls-cert-file",
            certificate.toString(),
            "--tls-key-file",
            key.toString(),
            "--tls-ca-cert-file",
            certificate.toString(),
            "--tls-auth-clients",
            "no");
    for (int i = 0; i < 1000; i++) {
      server.call("SET", "bird:" + i, "x".repeat(i));
    }
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static Path pem(String what, byte[] bytes) throws IOException {
    String text =
        "-----BEGIN "
            + what
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
            + "\n-----END "
            + what
            + "-----\n";
    return Files.writeString(folder.resolve(what.replace(' ', '-') + ".pem"), text);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"replica", "scan"})
  void readsWhatATrustedServerHolds(String way) {
    KeysRead read =
        KeysRead.of("rediss://localhost:" + port + "?cacert=" + certificate + "&reading=" + way);
    assertThat(KeyText.differences(KeysAsked.of(server), read.keys())).isEmpty();
    assertThat(read.guarantee())
        .isEqualTo(way.equals("scan") ? Guarantee.FUZZY : Guarantee.SNAPSHOT);
  }

  @Test
  void verifiesUnlessToldNotTo() {
    refused("rediss://localhost:" + port, "no encrypted connection");
    refused("rediss://127.0.0.1:" + port + "?cacert=" + certificate, "no encrypted connection");
    assertThat(KeysRead.of("rediss://127.0.0.1:" + port + "?verify=false").keys()).hasSize(1000);
  }

  @Test
  void saysWhereOneSideSpeaksTlsAndTheOtherDoesNot() {
    refused("redis://localhost:" + port, "localhost:" + port);
    refused(
        "rediss://localhost:" + server.port() + "?connect-timeout=500&cacert=" + certificate,
        "localhost:");
  }

  private static void refused(String uri, String said) {
    GodwitException failure = catchThrowableOfType(GodwitException.class, () -> KeysRead.of(uri));
    assertThat(failure).isNotNull();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.SOURCE_UNREACHABLE);
    assertThat(failure.getMessage()).contains(said);
  }
}
