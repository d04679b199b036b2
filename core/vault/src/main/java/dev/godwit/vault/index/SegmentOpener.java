package dev.godwit.vault.index;

import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.block.DamagedBlockException;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.key.Domain;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.volume.VolumeTable;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Opens the segments of a vault's index for whoever writes none. */
public final class SegmentOpener {
  private final Storage storage;
  private final boolean encrypted;
  private final Map<String, SegmentSeal> byFolder = new HashMap<>();

  /**
   * For a vault.
   *
   * @param domains whose keys are at hand; none where the vault is not encrypted
   */
  public SegmentOpener(VaultFiles files, Collection<Domain> domains) {
    this.storage = files.storage();
    this.encrypted = files.writing().isPresent();
    for (Domain domain : domains) {
      SegmentSeal seal = new DomainSegments(domain);
      byFolder.put(seal.folder(), seal);
    }
  }

  /** A segment that was opened, and how it was sealed. */
  public static final class Opened {
    private final IndexSegment segment;
    private final SegmentSeal seal;

    private Opened(IndexSegment segment, SegmentSeal seal) {
      this.segment = segment;
      this.seal = seal;
    }

    /** The segment. */
    public IndexSegment segment() {
      return segment;
    }

    /** Whether more than its checksum was proven, or there is no more to prove. */
    public boolean isProven() {
      return !(seal instanceof ForeignSegments);
    }

    /** Whether the segment ought to know each block of a volume that it covers. */
    public boolean holdsBlocksOf(VolumeTable volume) {
      return seal.mayReuse(volume);
    }
  }

  /** Whether a path is a segment's. */
  public static boolean isSegment(String path) {
    return path.matches(Layout.INDEX + "/([0-9a-f]{32}/)?[0-9a-f]{32}\\.gwi");
  }

  /**
   * Opens a segment and proves it, as far as the keys at hand can.
   *
   * @throws DamagedBlockException if it is bent or forged
   */
  public Opened open(StoredFile file) throws IOException, DamagedBlockException {
    String folder = file.path().substring(0, file.path().lastIndexOf('/'));
    SegmentSeal plain = encrypted ? new ForeignSegments() : new PlainSegments();
    SegmentSeal seal = byFolder.getOrDefault(folder, plain);
    IndexSegment segment = IndexSegment.open(seal, storage, file.path(), file.size());
    return new Opened(segment, seal);
  }
}
