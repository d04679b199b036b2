package dev.godwit.extractor.mongodb.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.connection.SslSettings;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses mean what they mean to every other program of MongoDB. */
class MongoAddressTest {
  private static MongoClientSettings read(String text) {
    StoreUri uri = StoreUri.parse(text);
    Options options = Options.bind(DriverOptions.ALL, uri);
    return new MongoAddress(new StoreAddress(uri, options, PasswordSource.NONE)).settings().build();
  }

  private static MongoCredential credential(String text) {
    return Objects.requireNonNull(read(text).getCredential());
  }

  @ParameterizedTest
  @CsvSource({
    "mongodb://jane:s3cret@127.0.0.1/shop, shop",
    "mongodb://jane:s3cret@127.0.0.1/shop?authSource=admin, admin",
    "mongodb://jane:s3cret@127.0.0.1, admin",
    "mongodb://jane:s3cret@127.0.0.1/, admin",
    "mongodb://CN=jane@127.0.0.1/shop?authMechanism=MONGODB-X509, $external",
  })
  void theDatabaseOfTheAddressKnowsTheUserUnlessAnotherIsNamed(String uri, String source) {
    assertThat(credential(uri).getSource()).isEqualTo(source);
  }

  @Test
  void whateverStandsInAPasswordIsPartOfIt() {
    assertThat(credential("mongodb://jane:a%2F%40%3A%25b@127.0.0.1/shop").getPassword())
        .isEqualTo("a/@:%b".toCharArray());
  }

  @Test
  void whoNamesNobodyLogsInAsNobody() {
    assertThat(read("mongodb://127.0.0.1/shop").getCredential()).isNull();
  }

  /** Plain text is not what anybody wants who says whom to trust. */
  @Test
  void namedAuthoritiesMeanEncryption(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), pem(someAuthority()));
    SslSettings tls = read("mongodb://127.0.0.1/shop?tlsCAFile=" + file).getSslSettings();
    assertThat(tls.isEnabled()).isTrue();
    assertThat(tls.getContext()).isNotNull();
    assertThat(read("mongodb://127.0.0.1/shop").getSslSettings().isEnabled()).isFalse();
  }

  @Test
  void authoritiesThatCannotBeReadAreRefused(@TempDir Path folder) throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    Path other = Files.writeString(folder.resolve("other.pem"), "no certificate");
    for (Path file : List.of(empty, other, folder.resolve("missing.pem"))) {
      assertThatThrownBy(() -> read("mongodb://127.0.0.1/shop?tlsCAFile=" + file))
          .isInstanceOfSatisfying(
              GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
          .hasMessageContaining("tlsCAFile");
    }
  }

  private static X509Certificate someAuthority() throws Exception {
    TrustManagerFactory known =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    known.init((KeyStore) null);
    return ((X509TrustManager) known.getTrustManagers()[0]).getAcceptedIssuers()[0];
  }

  private static String pem(X509Certificate certificate) throws Exception {
    String body = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
    return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
  }
}
