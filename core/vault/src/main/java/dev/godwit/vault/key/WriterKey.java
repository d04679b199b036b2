package dev.godwit.vault.key;

import dev.godwit.vault.file.Hash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a host that backs up holds: the vault's id, its public key, the root of the writer plane and
 * a key of its own. The public key is pinned here: a {@code vault.json} with another is refused,
 * else whoever holds the storage could have later backups sealed to himself.
 */
public final class WriterKey {
  static final String FIRST_FIELD = "vault:";

  private static final String WHAT = "the writer key";
  private static final List<String> FIELDS =
      List.of("vault", "public-key", "plane-key", "writer-key", "check");

  private final String vaultId;
  private final byte[] publicKey;
  private final byte[] planeKey;
  private final byte[] ownKey;
  private final Optional<Path> file;

  WriterKey(String vaultId, byte[] publicKey, byte[] planeKey, byte[] ownKey) {
    this(vaultId, publicKey, planeKey, ownKey, Optional.empty());
  }

  private WriterKey(
      String vaultId, byte[] publicKey, byte[] planeKey, byte[] ownKey, Optional<Path> file) {
    this.file = file;
    this.vaultId = vaultId;
    this.publicKey = publicKey.clone();
    this.planeKey = planeKey.clone();
    this.ownKey = ownKey.clone();
  }

  /** Of which vault it is, 32 hexadecimal digits. */
  public String vaultId() {
    return vaultId;
  }

  /** This writer's id, 32 hexadecimal digits. */
  public String writerId() {
    return keys().writerId();
  }

  String publicKey() {
    return HexFormat.of().formatHex(publicKey);
  }

  /** The file that it was read of. */
  Optional<Path> file() {
    return file;
  }

  /** The same key, whose file is not known. */
  WriterKey withoutFile() {
    return new WriterKey(vaultId, publicKey, planeKey, ownKey);
  }

  byte[] planeKey() {
    return planeKey.clone();
  }

  /** What it writes with. */
  public WriterKeys keys() {
    return new WriterKeys(vaultId, publicKey, planeKey, ownKey);
  }

  /**
   * Writes it into a new file that only its owner may read.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code FAILED} if there is a file already, or it
   *     cannot be written
   */
  public void write(Path file) {
    KeyFile.write(file, text(), WHAT);
  }

  private String text() {
    HexFormat hex = HexFormat.of();
    String fields =
        "vault: %s%npublic-key: %s%nplane-key: %s%nwriter-key: %s%n"
            .formatted(vaultId, publicKey(), hex.formatHex(planeKey), hex.formatHex(ownKey))
            .replace(System.lineSeparator(), "\n");
    return "# Godwit writer key: it backs up into this vault, and reads nothing of it.\n"
        + "# Keep it secret. A lost one is made anew with 'godwit key writer'.\n"
        + fields
        + "check: "
        + check(fields)
        + '\n';
  }

  private static String check(String fields) {
    return Hash.of(fields.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  /**
   * Reads a writer's file.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code FAILED} if it cannot be read, {@code
   *     WRONG_KEY} if what it holds is no writer key
   */
  public static WriterKey read(Path file) {
    Map<String, String> fields = new LinkedHashMap<>();
    StringBuilder checked = new StringBuilder();
    for (String line : KeyFile.lines(file, WHAT)) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon);
      String value = line.substring(colon + 1).strip();
      if (!name.equals("check")) {
        checked.append(name).append(": ").append(value).append('\n');
      }
      fields.put(name, value);
    }
    boolean whole =
        List.copyOf(fields.keySet()).equals(FIELDS)
            && fields.get("vault").matches("[0-9a-f]{32}")
            && FIELDS.subList(1, 4).stream().allMatch(f -> fields.get(f).matches("[0-9a-f]{64}"))
            && fields.get("check").equals(check(checked.toString()));
    if (!whole) {
      throw new WrongKeyException(
          file + " is no writer key, or is bent",
          "'godwit key writer VAULT FILE' makes one, with an identity or the passphrase");
    }
    HexFormat hex = HexFormat.of();
    return new WriterKey(
        fields.get("vault"),
        hex.parseHex(fields.get("public-key")),
        hex.parseHex(fields.get("plane-key")),
        hex.parseHex(fields.get("writer-key")),
        Optional.of(file));
  }
}
