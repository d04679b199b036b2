package dev.godwit.extractor.postgresql.session;

import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.Secret;
import dev.godwit.spi.store.StoreAddress;
import java.util.Optional;

/**
 * Who logs in, and with what password: the one given to Godwit, else PGPASSWORD, else what the
 * driver finds in the password file (PGPASSFILE, {@code ~/.pgpass}), else what a person types once
 * the server has asked for it.
 */
final class Login {
  private final String user;
  private final PasswordSource source;
  private Optional<Secret> password;
  private boolean prompted;

  Login(StoreAddress address) {
    this.user =
        address
            .uri()
            .user()
            .or(() -> Optional.ofNullable(System.getenv("PGUSER")))
            .orElse(System.getProperty("user.name"));
    this.source = address.password();
    this.password =
        source
            .given()
            .or(() -> address.uri().password())
            .or(
                () ->
                    Optional.ofNullable(System.getenv("PGPASSWORD"))
                        .filter(text -> !text.isEmpty()) // as libpq does
                        .map(Secret::of));
  }

  String user() {
    return user;
  }

  /** The password known so far; empty leaves it to the driver to look into the password file. */
  synchronized Optional<Secret> password() {
    return password;
  }

  /**
   * Asks a person, once, where no password was known.
   *
   * @param host for the person, such as {@code db.example:5432}
   * @return whether there is now a password to try
   */
  synchronized boolean prompt(String host) {
    if (password.isEmpty() && !prompted) {
      prompted = true;
      password = source.prompt("postgresql://" + user + "@" + host);
      return password.isPresent();
    }
    return false;
  }
}
