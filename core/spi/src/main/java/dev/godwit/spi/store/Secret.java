package dev.godwit.spi.store;

import java.util.Objects;

/** A secret, redacted by type: its text appears in no log, error or manifest by accident. */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = Objects.requireNonNull(value);
  }

  /** Wraps a secret. */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The secret itself, to be handed to a driver and nowhere else. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && that.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Always {@code ***}. */
  @Override
  public String toString() {
    return "***";
  }
}
