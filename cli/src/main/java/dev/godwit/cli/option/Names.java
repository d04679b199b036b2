package dev.godwit.cli.option;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.DatasetPattern;

/** Reads names and patterns of datasets off a command line. */
final class Names {
  private Names() {}

  static DatasetPattern pattern(String flag, String text) {
    try {
      return DatasetPattern.parse(text);
    } catch (IllegalArgumentException e) {
      throw unreadable(flag, e);
    }
  }

  static DatasetName name(String flag, String text) {
    try {
      return DatasetName.parse(text);
    } catch (IllegalArgumentException e) {
      throw unreadable(flag, e);
    }
  }

  private static GodwitException unreadable(String flag, IllegalArgumentException e) {
    return new GodwitException(
        ExitCode.USAGE,
        "cannot read " + flag + ": " + e.getMessage(),
        "write a name such as orders, public.orders or public.\"odd.name\"",
        e);
  }
}
