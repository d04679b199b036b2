package dev.godwit.vault.key;

import dev.godwit.spi.store.Secret;
import dev.godwit.vault.file.Encryption.Argon2;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Makes a key of a passphrase: Argon2id, version 0x13 (RFC 9106). The passphrase is taken as UTF-8
 * in the normal form C of Unicode, so that the same letters typed on another system are the same.
 */
final class Argon {
  private static final int SALT = 16;
  private static final int KEY = 32;

  /** What new passphrases get: the second of the two choices that RFC 9106, 4, recommends. */
  private static final int MEMORY_KIB = 64 << 10;

  private static final int PASSES = 3;
  private static final int LANES = 4;

  /**
   * What is read at most. A vault.json is not yet proven when it is run: it may ask for anything.
   */
  private static final int MOST_MEMORY_KIB = 256 << 10;

  private static final int MOST_PASSES = 16;
  private static final int MOST_LANES = 16;

  private Argon() {}

  /** For a new passphrase, with a salt of its own. */
  static Argon2 fresh() {
    String salt = HexFormat.of().formatHex(WriterKeys.random(SALT));
    return new Argon2(salt, MEMORY_KIB, PASSES, LANES);
  }

  /** Whether Godwit runs it: it takes 256 MiB and 16 passes at most. */
  static boolean isBounded(Argon2 how) {
    return how.salt().matches("[0-9a-f]{32,128}")
        && how.lanes() >= 1
        && how.lanes() <= MOST_LANES
        && how.memoryKib() >= 8 * how.lanes()
        && how.memoryKib() <= MOST_MEMORY_KIB
        && how.passes() >= 1
        && how.passes() <= MOST_PASSES;
  }

  /** The key, 32 bytes. Takes about half a second and the memory that is asked for. */
  static byte[] key(Secret passphrase, Argon2 how) {
    if (!isBounded(how)) {
      throw new IllegalArgumentException("Argon2id is asked for more than Godwit gives");
    }
    String normal = Normalizer.normalize(passphrase.reveal(), Normalizer.Form.NFC);
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withSalt(HexFormat.of().parseHex(how.salt()))
            .withMemoryAsKB(how.memoryKib())
            .withIterations(how.passes())
            .withParallelism(how.lanes())
            .build());
    byte[] key = new byte[KEY];
    generator.generateBytes(normal.getBytes(StandardCharsets.UTF_8), key);
    return key;
  }
}
