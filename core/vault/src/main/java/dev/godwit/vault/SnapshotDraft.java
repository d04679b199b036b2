package dev.godwit.vault;

import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreInfo;
import java.util.List;

/**
 * What a snapshot is to hold.
 *
 * @param source whose records
 * @param origin what they are read from
 * @param scope what was asked, as {@link dev.godwit.spi.name.DatasetFilter#scope}
 * @param catalogue where schema objects and the counts of what is not carried come from
 * @param tags words that the user gave
 */
public record SnapshotDraft(
    Source source, StoreInfo origin, String scope, Catalogue catalogue, List<String> tags) {
  /** Copies the tags. */
  public SnapshotDraft {
    tags = List.copyOf(tags);
  }
}
