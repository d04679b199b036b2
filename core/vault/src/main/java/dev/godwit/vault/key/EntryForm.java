package dev.godwit.vault.key;

import dev.godwit.vault.file.Encryption;
import dev.godwit.vault.file.Encryption.Entry;
import dev.godwit.vault.file.VaultFile;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * What Godwit writes of keys into a {@code vault.json}. Read before any key proves the file, so
 * whatever a hostile one asks for has a bound.
 */
final class EntryForm {
  /** Each passphrase that is tried takes half a second. */
  static final int MOST_RECIPIENTS = 64;

  private static final int HEX_OF_KEY = 64;

  private EntryForm() {}

  static boolean isSound(VaultFile file) {
    Encryption encryption = file.encryption().orElseThrow();
    int entries = encryption.recipients().size();
    return file.id().matches("[0-9a-f]{32}")
        && isHex(encryption.publicKey(), HEX_OF_KEY)
        && isHex(encryption.planeKey(), HEX_OF_KEY + 2 * Hpke.OVERHEAD)
        && isHex(encryption.mac(), HEX_OF_KEY)
        && encryption.revision() >= 1
        && entries >= 1
        && entries <= MOST_RECIPIENTS
        && encryption.recipients().stream().allMatch(EntryForm::isSound);
  }

  private static boolean isSound(Entry entry) {
    if (!isHex(entry.id(), 16) || !isTime(entry.added()) || entry.kind() == null) {
      return false;
    }
    return switch (entry.kind()) {
      case Wrapping.X25519 ->
          entry.argon2() == null
              && isHex(entry.publicKey(), HEX_OF_KEY)
              && isHex(entry.wrapped(), HEX_OF_KEY + 2 * Hpke.OVERHEAD);
      case Wrapping.PASSPHRASE ->
          entry.publicKey() == null
              && entry.argon2() != null
              && entry.argon2().salt() != null
              && Argon.isBounded(entry.argon2())
              && isHex(entry.wrapped(), HEX_OF_KEY + 2 * Wrapping.SIV_OVERHEAD);
      default -> false;
    };
  }

  private static boolean isTime(String text) {
    try {
      return text != null && Instant.parse(text).toString().equals(text);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isHex(String text, int digits) {
    return text != null && text.length() == digits && text.matches("[0-9a-f]*");
  }
}
