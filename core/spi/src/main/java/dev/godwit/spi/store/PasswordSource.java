package dev.godwit.spi.store;

import java.util.Optional;

/**
 * Where the password of a store comes from. A plugin asks in this order: {@link #given} (flags, the
 * URI, Godwit's environment variables), then the engine's own ways, then {@link #prompt}.
 */
public interface PasswordSource {
  /** The password that was given to Godwit itself. */
  Optional<Secret> given();

  /**
   * What {@link #given} was before, where that is another secret: with the byte order mark ahead of
   * it that its file begins with. What was made with it opens by nothing else.
   */
  default Optional<Secret> asBefore() {
    return Optional.empty();
  }

  /**
   * Asks on the terminal, once.
   *
   * @param what whose password, such as {@code postgresql://user@host}
   * @return nothing where there is no terminal
   */
  Optional<Secret> prompt(String what);

  /** No password at all. */
  PasswordSource NONE = of(null);

  /** This password, or none where it is null. */
  static PasswordSource of(Secret secret) {
    return new PasswordSource() {
      @Override
      public Optional<Secret> given() {
        return Optional.ofNullable(secret);
      }

      @Override
      public Optional<Secret> prompt(String what) {
        return Optional.empty();
      }
    };
  }
}
