package dev.godwit.spi.store;

import java.util.List;

/**
 * One option of a plugin, given in the query of its URI. Declared once: parser, help and manual
 * come from it.
 *
 * @param key as written in the URI
 * @param kind what values it takes
 * @param defaultValue what holds where it is not given, as text; empty for none
 * @param choices the values of a {@link Kind#CHOICE}, else empty
 * @param secret whether its value must never be shown
 * @param help one line, without a final full stop
 */
public record OptionSpec(
    String key, Kind kind, String defaultValue, List<String> choices, boolean secret, String help) {

  /** What values an option takes. */
  public enum Kind {
    /** Any text. */
    TEXT,
    /** A whole number, 0 or more. */
    NUMBER,
    /** {@code true} or {@code false}. */
    SWITCH,
    /** One of a few words. */
    CHOICE
  }

  /** Copies the choices. */
  public OptionSpec {
    choices = List.copyOf(choices);
  }

  /** An option that takes any text. */
  public static OptionSpec text(String key, String defaultValue, String help) {
    return new OptionSpec(key, Kind.TEXT, defaultValue, List.of(), false, help);
  }

  /** An option that takes a whole number, 0 or more. */
  public static OptionSpec number(String key, long defaultValue, String help) {
    return new OptionSpec(key, Kind.NUMBER, Long.toString(defaultValue), List.of(), false, help);
  }

  /** An option that is on or off. */
  public static OptionSpec onOff(String key, boolean defaultValue, String help) {
    return new OptionSpec(key, Kind.SWITCH, Boolean.toString(defaultValue), List.of(), false, help);
  }

  /** An option that takes one of a few words; the first is the default. */
  public static OptionSpec choice(String key, List<String> choices, String help) {
    return new OptionSpec(key, Kind.CHOICE, choices.get(0), choices, false, help);
  }

  /** The same option, its value never to be shown. */
  public OptionSpec asSecret() {
    return new OptionSpec(key, kind, defaultValue, choices, true, help);
  }

  /**
   * Checks a value.
   *
   * @throws IllegalArgumentException if it is not one of those that the option takes
   */
  public void check(String value) {
    boolean fits =
        switch (kind) {
          case TEXT -> true;
          case NUMBER -> value.matches("[0-9]{1,18}");
          case SWITCH -> value.equals("true") || value.equals("false");
          case CHOICE -> choices.contains(value);
        };
    if (!fits) {
      String wanted =
          switch (kind) {
            case NUMBER -> "a whole number";
            case SWITCH -> "true or false";
            default -> "one of " + String.join(", ", choices);
          };
      throw new IllegalArgumentException(
          "option " + key + (secret ? "" : "=" + value) + " must be " + wanted);
    }
  }
}
