package dev.godwit.extractor.redis.session;

import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Role;
import dev.godwit.spi.store.Secret;
import dev.godwit.spi.store.StoreAddress;
import java.util.List;
import java.util.Optional;

/**
 * Who logs in, and what for.
 *
 * @param role decides exit codes
 * @param password of the user that the URI names, else of the user {@code default}
 * @param cancellation of the run
 * @param sentinel whether it is a sentinel that is spoken to, which has no databases
 */
record Login(Role role, Optional<Secret> password, Cancellation cancellation, boolean sentinel) {

  /** With the password that was given, that of the URI, of the engine's own variable, or asked. */
  static Login of(StoreAddress address, Role role, PluginContext context) {
    Optional<Secret> password =
        address
            .password()
            .given()
            .or(address.uri()::password)
            .or(() -> Optional.ofNullable(System.getenv("REDISCLI_AUTH")).map(Secret::of))
            .or(
                () ->
                    address
                        .uri()
                        .user()
                        .flatMap(user -> address.password().prompt(address.uri().display())));
    return new Login(role, password, context.cancellation(), false);
  }

  /** How to try a sentinel: without a password first, which is meant for the server. */
  List<Login> toSentinel() {
    Login without = new Login(role, Optional.empty(), cancellation, true);
    Login with = new Login(role, password, cancellation, true);
    return password.isPresent() ? List.of(without, with) : List.of(without);
  }
}
