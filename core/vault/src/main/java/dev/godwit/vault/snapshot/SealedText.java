package dev.godwit.vault.snapshot;

import dev.godwit.spi.store.Source;
import dev.godwit.vault.SnapshotHead;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The parts of an encrypted vault's manifest as they stand in JSON; bytes are Base64. */
final class SealedText {
  private SealedText() {}

  /** Bytes as they stand there. */
  static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * The bytes of such a text.
   *
   * @throws IllegalArgumentException if it is none
   */
  static byte[] bytes(String text) {
    return Base64.getDecoder().decode(text);
  }

  /**
   * The file.
   *
   * @param vault whose manifest it is
   * @param writer the writer's part, sealed in the writer plane
   * @param reader the whole manifest, in pieces sealed with the run's key and bound to the writer's
   *     part
   */
  record Parts(int format, String vault, String writer, String reader) {}

  /**
   * The writer's part.
   *
   * @param scope an HMAC of it, so that snapshots of one scope can be told together
   * @param key of the run, sealed for readers
   * @param writer id of the writer
   * @param copiedFrom an HMAC of where a copy was first made, so that it is known again; absent
   *     where it is no copy
   */
  record WriterPart(
      Source source,
      String scope,
      String started,
      String finished,
      boolean complete,
      List<String> tags,
      String contents,
      String objects,
      String references,
      String key,
      String writer,
      String copiedFrom) {

    SnapshotHead head(String id) {
      return new SnapshotHead(
          id,
          source,
          scope,
          Instant.parse(started),
          Instant.parse(finished),
          complete,
          tags,
          contents,
          Optional.ofNullable(objects),
          Optional.of(references),
          Optional.ofNullable(copiedFrom),
          Optional.of(writer));
    }
  }
}
