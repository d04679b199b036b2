package dev.godwit.vault.key;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.Secret;
import dev.godwit.vault.file.Encryption;
import dev.godwit.vault.file.Encryption.Entry;
import dev.godwit.vault.file.VaultFile;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Opens the keys of an encrypted vault with what a user gave: an identity, a passphrase, a writer
 * key, and last a passphrase that is asked for. What reads goes before what only writes.
 */
public final class KeyOpening {
  private static final HexFormat HEX = HexFormat.of();

  private final VaultFile file;
  private final Encryption encryption;
  private final String display;
  private final KeyRing ring;

  private KeyOpening(VaultFile file, String display, KeyRing ring) {
    this.file = file;
    this.encryption = file.encryption().orElseThrow();
    this.display = display;
    this.ring = ring;
    if (!EntryForm.isSound(file)) {
      throw damaged("says of its keys what Godwit does not write");
    }
  }

  /**
   * The keys of a vault.
   *
   * @param file whose encryption is there
   * @param display of the place, for people
   * @throws WrongKeyException if nothing given opens it
   * @throws GodwitException {@code DAMAGED} if the file is not what a writer of the vault wrote
   */
  public static VaultKeys open(VaultFile file, String display, KeyRing ring) {
    return new KeyOpening(file, display, ring).keys();
  }

  private VaultKeys keys() {
    Optional<Identity> identity = ring.identity().get();
    if (identity.isPresent()) {
      return reader(unwrapped(identity.get()));
    }
    Optional<Secret> passphrase = ring.passphrase().given();
    if (passphrase.isPresent()) {
      return reader(unwrapped(passphrase.get(), ring.passphrase().asBefore()));
    }
    Optional<WriterKey> writer = ring.writerKey().apply(file.id());
    if (writer.isPresent() && !ring.toRead()) {
      return writer(writer.get());
    }
    if (!of(Wrapping.PASSPHRASE).isEmpty()) {
      passphrase = ring.passphrase().prompt(display);
      if (passphrase.isPresent()) {
        return reader(unwrapped(passphrase.get(), Optional.empty()));
      }
    }
    if (writer.isPresent()) {
      return writer(writer.get());
    }
    throw new WrongKeyException(display + " is encrypted, and no key was given");
  }

  private WriterKeys writer(WriterKey key) {
    WriterKeys keys = proven(fitting(key).keys());
    newest(key);
    return keys;
  }

  /** An older vault.json has a mac as good as the newest. */
  private void newest(WriterKey key) {
    key.file()
        .ifPresent(
            at -> {
              int seen = LastSeen.with(at).map(LastSeen::revision).orElse(0);
              if (encryption.revision() < seen) {
                throw new WrongKeyException(
                    "vault.json in " + display + " is older than the one that was seen last",
                    "somebody put it back: compare the keys with 'godwit key list'; if it was you,"
                        + " remove "
                        + at
                        + ".seen");
              }
              LastSeen.keep(at, display, encryption.revision());
            });
  }

  private List<Entry> of(String kind) {
    return encryption.recipients().stream().filter(e -> e.kind().equals(kind)).toList();
  }

  private byte[] unwrapped(Identity identity) {
    String hex = identity.recipient().hex();
    Entry entry =
        of(Wrapping.X25519).stream()
            .filter(e -> e.publicKey().equals(hex))
            .findFirst()
            .orElseThrow(
                () ->
                    new WrongKeyException(
                        "the identity given is none of those that open " + display,
                        "its recipient is "
                            + identity.recipient()
                            + "; who has another may let it in: godwit key add VAULT --recipient"));
    try {
      return wrapping().unwrap(entry, identity);
    } catch (BentSealException e) {
      throw damaged("holds a key for this identity that " + e.getMessage());
    }
  }

  private byte[] unwrapped(Secret passphrase, Optional<Secret> asBefore) {
    List<Entry> entries = of(Wrapping.PASSPHRASE);
    for (Secret secret : Stream.concat(Stream.of(passphrase), asBefore.stream()).toList()) {
      for (Entry entry : entries) {
        try {
          return wrapping().unwrap(entry, secret);
        } catch (BentSealException e) {
          // Perhaps it is that of the next entry.
        }
      }
    }
    throw new WrongKeyException(
        entries.isEmpty()
            ? "no passphrase opens " + display
            : "the passphrase given does not open " + display,
        entries.isEmpty() ? "give --identity FILE, or --writer-key FILE to back up" : "try again");
  }

  private Wrapping wrapping() {
    return new Wrapping(file.id(), HEX.parseHex(encryption.publicKey()));
  }

  private ReaderKeys reader(byte[] privateKey) {
    Derivation derivation = new Derivation(file.id());
    byte[] publicKey = HEX.parseHex(encryption.publicKey());
    byte[] planeKey;
    try {
      byte[] sealed = HEX.parseHex(encryption.planeKey());
      planeKey = Hpke.open(privateKey, sealed, derivation.bound("plane key"));
    } catch (BentSealException e) {
      throw damaged("holds a key of the writer plane that " + e.getMessage());
    }
    byte[] ownKey = derivation.derive(privateKey, "writer of readers", 32);
    WriterKeys shared = proven(new WriterKeys(file.id(), publicKey, planeKey, ownKey));
    Optional<WriterKey> ofHost = ring.writerKey().apply(file.id()).map(this::fitting);
    if (ofHost.isPresent() && !Arrays.equals(ofHost.get().planeKey(), planeKey)) {
      throw foreign();
    }
    ofHost.ifPresent(this::newest);
    return new ReaderKeys(file.id(), privateKey, ofHost.map(WriterKey::keys).orElse(shared));
  }

  private WriterKey fitting(WriterKey key) {
    if (!key.vaultId().equals(file.id())) {
      throw new WrongKeyException(
          "the writer key given is of another vault than " + display,
          "it is of the vault "
              + key.vaultId()
              + "; 'godwit key writer VAULT FILE' makes one for this vault");
    }
    if (!key.publicKey().equals(encryption.publicKey())) {
      throw foreign();
    }
    return key;
  }

  private WrongKeyException foreign() {
    return new WrongKeyException(
        "vault.json in " + display + " has other keys than the writer key of this vault knows",
        "somebody replaced it, and would read what is backed up now: compare it with a copy");
  }

  private WriterKeys proven(WriterKeys keys) {
    if (!keys.proves(file)) {
      throw damaged("was changed by somebody who has no key of it");
    }
    return keys;
  }

  private GodwitException damaged(String what) {
    return new GodwitException(
        ExitCode.DAMAGED,
        "vault.json in " + display + ' ' + what,
        "put it back from a copy of the vault");
  }
}
