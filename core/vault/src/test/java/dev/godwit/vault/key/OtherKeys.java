package dev.godwit.vault.key;

/** Keys that others than a vault's first writer hold. */
public final class OtherKeys {
  private OtherKeys() {}

  /** The key of another writer of the same vault. */
  public static WriterKey ofAnotherWriter(WriterKey first) {
    return new WriterKey(
        first.vaultId(), publicKey(first), first.planeKey(), WriterKeys.random(32));
  }

  /** What a thief of the storage can make: he knows the public key, and no other. */
  public static WriterKeys ofAThief(WriterKey first) {
    return new WriterKeys(
        first.vaultId(), publicKey(first), WriterKeys.random(32), WriterKeys.random(32));
  }

  private static byte[] publicKey(WriterKey key) {
    return java.util.HexFormat.of().parseHex(key.publicKey());
  }
}
