package dev.godwit.cli.command;

import java.nio.file.Path;

/** Says where the key of a vault's first writer was put. */
final class WriterKeyText {
  private WriterKeyText() {}

  static String of(Path file) {
    return "its writer key is "
        + file
        + ": it backs up and reads nothing; reading needs an identity or the passphrase";
  }
}
