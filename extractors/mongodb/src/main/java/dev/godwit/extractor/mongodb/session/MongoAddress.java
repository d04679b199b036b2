package dev.godwit.extractor.mongodb.session;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.Authorities;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.Secret;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** Where a server is and who logs in, in the driver's words. */
final class MongoAddress {
  /** Ways to log in that need a user and no password. */
  private static final Set<String> WITHOUT_PASSWORD =
      Set.of("MONGODB-X509", "GSSAPI", "MONGODB-OIDC", "MONGODB-AWS");

  private final StoreAddress address;

  MongoAddress(StoreAddress address) {
    this.address = address;
  }

  /** Where it is, for people: hosts alone. */
  String display() {
    StoreUri uri = address.uri();
    return String.join(",", uri.hosts().stream().map(StoreUri.HostPort::toString).toList());
  }

  /** Who logs in; empty for nobody. */
  Optional<String> user() {
    return address.uri().user();
  }

  /** Whether anybody logs in: a certificate says by itself whose it is. */
  boolean logsIn() {
    return user().isPresent() || address.options().text(DriverOptions.MECHANISM).isPresent();
  }

  /**
   * The driver's connection string. It holds the password: it goes to the driver and nowhere else.
   *
   * @throws GodwitException {@code USAGE} where it cannot be one
   */
  private ConnectionString connectionString() {
    StringBuilder text = new StringBuilder(address.uri().scheme()).append("://");
    user().ifPresent(user -> text.append(encode(user)).append(password()).append('@'));
    text.append(display()).append('/');
    // As for every program that takes such an address, the database named there knows the user,
    // unless authSource names another ("Connection String Spec", defaultauthdb).
    user().ifPresent(user -> text.append(encode(address.uri().path())));
    char between = '?';
    for (OptionSpec option : DriverOptions.PASSED) {
      Optional<String> value = address.options().text(option.key());
      if (value.isPresent()) {
        text.append(between).append(option.key()).append('=').append(encode(value.get()));
        between = '&';
      }
    }
    try {
      return new ConnectionString(text.toString());
    } catch (IllegalArgumentException e) {
      throw new GodwitException(
          ExitCode.USAGE,
          "cannot read the address " + address.uri().display() + ": " + told(e),
          "write mongodb://user@host:27017/database?option=value");
    }
  }

  /**
   * What the driver is to do with an address: as {@link #connectionString} says, and encrypted with
   * the named authorities where there are some, whatever else the address says of encryption.
   *
   * @throws GodwitException {@code USAGE} where the address or the file of authorities cannot be
   *     read
   */
  MongoClientSettings.Builder settings() {
    MongoClientSettings.Builder settings =
        MongoClientSettings.builder().applyConnectionString(connectionString());
    Optional<String> authorities = address.options().text(DriverOptions.AUTHORITIES);
    if (authorities.isPresent()) {
      SSLContext trusting = Authorities.trusting(authorities.get(), DriverOptions.AUTHORITIES);
      settings.applyToSslSettings(tls -> tls.enabled(true).context(trusting));
    }
    return settings;
  }

  /** What the driver says, as long as it repeats nothing of the address. */
  private String told(IllegalArgumentException e) {
    String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    boolean repeats =
        said.contains("://") || secret().map(s -> said.contains(s.reveal())).orElse(false);
    String shown = repeats ? "the driver does not take it" : said;
    return shown.endsWith(".") ? shown.substring(0, shown.length() - 1) : shown;
  }

  private String password() {
    Optional<String> mechanism = address.options().text(DriverOptions.MECHANISM);
    Optional<Secret> secret = secret();
    if (secret.isEmpty() && mechanism.filter(WITHOUT_PASSWORD::contains).isEmpty()) {
      secret =
          address.password().prompt("mongodb://" + encode(user().orElse("")) + "@" + display());
      if (secret.isEmpty()) {
        throw new GodwitException(
            ExitCode.USAGE,
            "no password for user '" + user().orElse("") + "' of " + display(),
            "give it by --password-file, --password-command or the environment");
      }
    }
    return secret.map(s -> ":" + encode(s.reveal())).orElse("");
  }

  private Optional<Secret> secret() {
    return address.password().given().or(() -> address.uri().password());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
