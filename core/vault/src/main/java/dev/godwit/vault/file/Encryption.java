package dev.godwit.vault.file;

import java.util.List;
import java.util.Optional;

/**
 * What {@code vault.json} says of the keys of an encrypted vault. Bytes are hexadecimal digits.
 *
 * @param publicKey of the vault, to which data keys are sealed
 * @param planeKey the root of the writer plane, sealed to the public key
 * @param revision how often the recipients were changed, from 1
 * @param recipients who may read, 64 at most; never none
 * @param mac HMAC-SHA256 under a key of the writer plane over all of the file before it
 */
public record Encryption(
    String publicKey, String planeKey, int revision, List<Entry> recipients, String mac) {
  /**
   * One way to the vault's private key.
   *
   * @param id 16 digits, by which it is named
   * @param kind {@code x25519} or {@code passphrase}
   * @param added when, by the storage's clock
   * @param publicKey of an identity; null for a passphrase
   * @param argon2 how a passphrase becomes a key; null for an identity
   * @param wrapped the vault's private key, wrapped
   */
  public record Entry(
      String id, String kind, String added, String publicKey, Argon2 argon2, String wrapped) {}

  /**
   * How Argon2id (RFC 9106) is run.
   *
   * @param salt random
   * @param memoryKib memory in KiB
   * @param passes over the memory
   * @param lanes side by side
   */
  public record Argon2(String salt, int memoryKib, int passes, int lanes) {}

  /** Holds the recipients. */
  public Encryption {
    recipients = List.copyOf(recipients);
  }

  /** The same with a mac. */
  Encryption withMac(String newMac) {
    return new Encryption(publicKey, planeKey, revision, recipients, newMac);
  }

  /** The recipient of this id. */
  public Optional<Entry> recipient(String id) {
    return recipients.stream().filter(entry -> entry.id().equals(id)).findFirst();
  }
}
