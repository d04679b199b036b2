package dev.godwit.vault.key;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** Somebody who may read: a private key of X25519 in a file. */
public final class Identity {
  private static final String PREFIX = "godwit-secret1";
  private static final String WHAT = "the identity";

  private final byte[] privateKey;

  private Identity(byte[] privateKey) {
    this.privateKey = privateKey;
  }

  /** A new one. */
  public static Identity generate() {
    return new Identity(Hpke.newPrivateKey());
  }

  /**
   * Reads an identity's file.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code FAILED} if it cannot be read, {@code
   *     WRONG_KEY} if what it holds is no identity
   */
  public static Identity read(Path file) {
    List<String> lines = KeyFile.lines(file, WHAT);
    if (lines.size() != 1) {
      boolean writer = lines.stream().anyMatch(line -> line.startsWith(WriterKey.FIRST_FIELD));
      throw new WrongKeyException(
          file + (writer ? " is a writer key, no identity" : " is no identity"),
          writer
              ? "give it as --writer-key; reading needs an identity or a passphrase"
              : "'godwit key new FILE' makes one: comments, and one line godwit-secret1...");
    }
    try {
      return new Identity(Coded.key(PREFIX, lines.get(0)));
    } catch (IllegalArgumentException e) {
      throw new WrongKeyException(
          "the line of " + file + " is no identity: it " + e.getMessage(),
          "'godwit key new FILE' makes one; take this one from its copy");
    }
  }

  /**
   * Writes it into a new file that only its owner may read.
   *
   * @param made the day, for people
   * @throws dev.godwit.spi.error.GodwitException {@code FAILED} if there is a file already, or it
   *     cannot be written
   */
  public void write(Path file, LocalDate made) {
    String text =
        """
        # Godwit identity, made %s. Keep it secret, and keep a copy: whoever has it
        # reads every vault that was made for its recipient, and without it nobody does.
        # recipient: %s
        %s
        """
            .formatted(made, recipient(), Coded.text(PREFIX, privateKey));
    KeyFile.write(file, text, WHAT);
  }

  /** What others need to make a vault for it. */
  public Recipient recipient() {
    return new Recipient(Hpke.publicKey(privateKey));
  }

  byte[] privateKey() {
    return privateKey.clone();
  }
}
