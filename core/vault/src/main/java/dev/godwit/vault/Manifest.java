package dev.godwit.vault;

import dev.godwit.spi.extract.ConsistencyPoint;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What a snapshot is: small, written last. Without it there is no backup.
 *
 * @param id of the snapshot: 16 hexadecimal digits, the first of the manifest's own hash
 * @param kind always {@code FULL} in this version; {@code CHANGES} is reserved
 * @param source whose records these are
 * @param origin what answered when they were read
 * @param scope what was asked, as {@link dev.godwit.spi.name.DatasetFilter#scope}
 * @param complete whether all that was asked is there
 * @param leftOut datasets that failed, with the reason, where the run was told to keep going
 * @param point the instant that the snapshot shows
 * @param started when the run began, by the storage's clock
 * @param finished when it ended, by the storage's clock
 * @param tags words that the user gave it
 * @param totals what it came to
 * @param notCarried what the source holds and the snapshot does not: kind to count
 * @param contents id of the list of its datasets
 * @param objects id of the list of its schema objects; empty where it has none
 * @param writer name and version of what wrote it
 * @param copiedFrom where it was first made, where that was in another vault
 */
public record Manifest(
    String id,
    String kind,
    Source source,
    StoreInfo origin,
    String scope,
    boolean complete,
    List<LeftOut> leftOut,
    ConsistencyPoint point,
    Instant started,
    Instant finished,
    List<String> tags,
    Totals totals,
    SortedMap<String, Long> notCarried,
    String contents,
    Optional<String> objects,
    String writer,
    Optional<Origin> copiedFrom) {

  /**
   * The vault in which it was first made, and its id there: the same for all copies of it.
   *
   * @param vault the id of the vault that it is in now
   */
  public Origin firstMade(String vault) {
    return copiedFrom.orElseGet(() -> new Origin(vault, id));
  }

  /**
   * The same snapshot with other lists.
   *
   * @param missing what is left out of it now, beyond what was left out already
   */
  public Manifest with(
      List<LeftOut> missing,
      Totals newTotals,
      String newContents,
      Optional<String> newObjects,
      Optional<Origin> newCopiedFrom) {
    return new Manifest(
        id,
        kind,
        source,
        origin,
        scope,
        complete && missing.isEmpty(),
        Stream.concat(leftOut.stream(), missing.stream()).toList(),
        point,
        started,
        finished,
        tags,
        newTotals,
        notCarried,
        newContents,
        newObjects,
        writer,
        newCopiedFrom);
  }

  /**
   * Where a snapshot was first made.
   *
   * @param vault the vault's id
   * @param snapshot its id there
   */
  public record Origin(String vault, String snapshot) {
    /** Both in one line. */
    public String text() {
      return vault + '/' + snapshot;
    }
  }

  /** What is known without reading the snapshot. */
  public SnapshotHead head() {
    return new SnapshotHead(
        id,
        source,
        scope,
        started,
        finished,
        complete,
        tags,
        contents,
        objects,
        Optional.empty(),
        copiedFrom.map(Origin::text),
        Optional.empty());
  }

  /** A dataset that is missing, and why. */
  public record LeftOut(String dataset, String reason) {}

  /**
   * What a snapshot came to.
   *
   * @param datasets how many
   * @param rows in all of them
   * @param bytes uncompressed
   * @param blocks that it refers to
   * @param newBytes that the vault's volumes grew by
   */
  public record Totals(long datasets, long rows, long bytes, long blocks, long newBytes) {}
}
