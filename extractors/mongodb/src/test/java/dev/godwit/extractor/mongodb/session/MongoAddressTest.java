package dev.godwit.extractor.mongodb.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoCredential;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses mean what they mean to every other program of MongoDB. */
class MongoAddressTest {
  private static ConnectionString read(String text) {
    StoreUri uri = StoreUri.parse(text);
    Options options = Options.bind(DriverOptions.ALL, uri);
    return new MongoAddress(new StoreAddress(uri, options, PasswordSource.NONE)).connectionString();
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
}
