package dev.godwit.vault.snapshot;

import dev.godwit.vault.Manifest;
import dev.godwit.vault.key.Plane;
import dev.godwit.vault.key.WriterKeys;
import dev.godwit.vault.plane.VaultFiles;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * How the head of a manifest says where the snapshot was first made. In an encrypted vault it is an
 * HMAC under a key that all writers share: whoever copies knows a snapshot again by it, and nobody
 * learns from it which vault that was.
 */
public final class OriginMark {
  private OriginMark() {}

  /** The mark of an origin in a vault. */
  public static String of(VaultFiles files, Manifest.Origin origin) {
    Optional<WriterKeys> keys = files.writing();
    if (keys.isEmpty()) {
      return origin.text();
    }
    Mac mac = keys.get().mac(Plane.MANIFEST);
    mac.update((byte) 0); // no source's id is empty: never what gives the HMAC of a scope
    byte[] text = origin.text().getBytes(StandardCharsets.US_ASCII);
    return HexFormat.of().formatHex(mac.doFinal(text));
  }
}
