package dev.godwit.vault.key;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.store.Secret;
import dev.godwit.vault.file.Encryption;
import dev.godwit.vault.file.Encryption.Entry;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.VaultFile;
import dev.godwit.vault.storage.StorageFailure;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Who may read a vault. A change writes {@code vault.json} anew and nothing else: the vault's
 * private key stays the same and is wrapped once more, or once less. So who was taken out still
 * reads, if he kept that key.
 */
public final class Recipients {
  private final Storage storage;
  private final ReaderKeys keys;

  /** Of the vault in this place, which these keys open. */
  public Recipients(Storage storage, ReaderKeys keys) {
    this.storage = storage;
    this.keys = keys;
  }

  /**
   * One of them.
   *
   * @param id 16 hexadecimal digits
   * @param kind {@code x25519} or {@code passphrase}
   * @param added when, by the storage's clock
   * @param recipient of an identity
   */
  public record Shown(String id, String kind, Instant added, Optional<Recipient> recipient) {}

  /**
   * All of them, as {@code vault.json} names them. No key is needed, and none proves it.
   *
   * @throws GodwitException {@code FAILED} where the vault is plain, {@code DAMAGED}
   */
  public static List<Shown> in(Storage storage) {
    return sound(storage, VaultFile.read(storage)).recipients().stream()
        .map(Recipients::shown)
        .toList();
  }

  /** Whether a vault's file lets an identity in. */
  public static boolean admits(VaultFile file, Recipient recipient) {
    return file.encryption().stream()
        .flatMap(encryption -> encryption.recipients().stream())
        .anyMatch(entry -> recipient.hex().equals(entry.publicKey()));
  }

  private static Encryption sound(Storage storage, VaultFile file) {
    Encryption encryption = file.encryption().orElseThrow(() -> plain(storage.display()));
    if (!EntryForm.isSound(file)) {
      throw StorageFailure.damaged(storage, Layout.VAULT, "holds no sound keys", null);
    }
    return encryption;
  }

  /** What is told where a vault without keys is asked for them. */
  public static GodwitException plain(String display) {
    return new GodwitException(
        ExitCode.FAILED,
        display + " is not encrypted, and has no keys",
        "a vault is encrypted when it is made: godwit init --recipient or --passphrase");
  }

  private static Shown shown(Entry entry) {
    return new Shown(
        entry.id(),
        entry.kind(),
        Instant.parse(entry.added()),
        Optional.ofNullable(entry.publicKey()).map(Recipient::ofHex));
  }

  /**
   * Lets an identity in.
   *
   * @throws GodwitException {@code FAILED} if it is in already, or there are too many
   */
  public Shown add(Recipient recipient) {
    return add(
        (wrapping, now) -> wrapping.wrap(keys.privateKey(), recipient, now), recipient.hex());
  }

  /** Lets a passphrase in. */
  public Shown add(Secret passphrase) {
    return add((wrapping, now) -> wrapping.wrap(keys.privateKey(), passphrase, now), null);
  }

  private Shown add(BiFunction<Wrapping, Instant, Entry> wrap, String publicKey) {
    VaultFile file = proven();
    Encryption encryption = file.encryption().orElseThrow();
    for (Entry entry : encryption.recipients()) {
      if (publicKey != null && publicKey.equals(entry.publicKey())) {
        throw new GodwitException(
            ExitCode.FAILED,
            "that recipient opens " + storage.display() + " already",
            "it is the key " + entry.id());
      }
    }
    if (encryption.recipients().size() == EntryForm.MOST_RECIPIENTS) {
      throw new GodwitException(
          ExitCode.FAILED,
          storage.display() + " has " + EntryForm.MOST_RECIPIENTS + " keys, and takes no more",
          "remove one: godwit key remove VAULT ID");
    }
    Wrapping wrapping = new Wrapping(file.id(), HexFormat.of().parseHex(encryption.publicKey()));
    Entry entry = wrap.apply(wrapping, now());
    List<Entry> entries = new ArrayList<>(encryption.recipients());
    entries.add(entry);
    write(file, entries);
    return shown(entry);
  }

  private Instant now() {
    try {
      return storage.now().truncatedTo(ChronoUnit.MILLIS);
    } catch (IOException e) {
      throw StorageFailure.writing(storage, Layout.VAULT, e);
    }
  }

  /**
   * Takes one out.
   *
   * @param id its id, or the beginning of it
   * @throws GodwitException {@code USAGE} if there is none or several of that id, {@code FAILED} if
   *     it is the last
   */
  public Shown remove(String id) {
    VaultFile file = proven();
    List<Entry> entries = new ArrayList<>(file.encryption().orElseThrow().recipients());
    List<Entry> meant = entries.stream().filter(entry -> entry.id().startsWith(id)).toList();
    if (id.isEmpty() || meant.size() != 1) {
      throw new GodwitException(
          ExitCode.USAGE,
          (meant.size() > 1 ? "several keys" : "no key")
              + " of "
              + storage.display()
              + (meant.size() > 1 ? " begin with '" : " begins with '")
              + id
              + "'",
          "'godwit key list VAULT' shows them");
    }
    if (entries.size() == 1) {
      throw new GodwitException(
          ExitCode.FAILED,
          "that is the last key of " + storage.display() + ": without it nobody could read it",
          "add another first: godwit key add VAULT");
    }
    entries.remove(meant.get(0));
    write(file, entries);
    return shown(meant.get(0));
  }

  private VaultFile proven() {
    VaultFile file = VaultFile.read(storage);
    if (file.encryption().isEmpty() || !EntryForm.isSound(file) || !keys.writer().proves(file)) {
      throw StorageFailure.damaged(
          storage, Layout.VAULT, "was changed by somebody who has no key of it", null);
    }
    return file;
  }

  private void write(VaultFile before, List<Entry> entries) {
    Encryption old = before.encryption().orElseThrow();
    Encryption next =
        new Encryption(old.publicKey(), old.planeKey(), old.revision() + 1, entries, "");
    VaultFile file = keys.writer().proving(before.with(next));
    requireStill(before); // to wrap a key by a passphrase takes a second
    try {
      storage.replace(Layout.VAULT, file.bytes());
    } catch (IOException e) {
      throw StorageFailure.writing(storage, Layout.VAULT, e);
    }
    requireStill(file);
  }

  private void requireStill(VaultFile file) {
    if (!VaultFile.read(storage).equals(file)) {
      throw new GodwitException(
          ExitCode.FAILED,
          "somebody else changed the keys of " + storage.display() + " at the same time",
          "look with 'godwit key list', and do it again");
    }
  }
}
