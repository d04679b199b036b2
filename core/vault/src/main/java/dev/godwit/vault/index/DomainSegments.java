package dev.godwit.vault.index;

import dev.godwit.vault.block.BlockRef;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.key.Domain;
import dev.godwit.vault.volume.VolumeTable;
import java.nio.ByteBuffer;
import javax.crypto.Mac;

/**
 * Segments of one domain of an encrypted vault, proven by an HMAC under its key. They are copied
 * before they are proven, since whoever holds the storage could change them afterwards.
 */
final class DomainSegments implements SegmentSeal {
  /** How long a proof is, in bytes. */
  static final int PROOF = 32;

  private final Domain domain;

  DomainSegments(Domain domain) {
    this.domain = domain;
  }

  @Override
  public String folder() {
    return Layout.INDEX + '/' + domain.name();
  }

  @Override
  public int proofLength() {
    return PROOF;
  }

  @Override
  public Proof begin() {
    Mac mac = domain.segments();
    return new Proof() {
      @Override
      public void update(ByteBuffer bytes) {
        mac.update(bytes);
      }

      @Override
      public byte[] end() {
        return mac.doFinal();
      }
    };
  }

  @Override
  public boolean isCopied() {
    return true;
  }

  @Override
  public boolean mayReuse(VolumeTable volume) {
    return volume.isOf(domain);
  }

  @Override
  public BlockRef kept(BlockRef ref) {
    return ref.untold();
  }
}
