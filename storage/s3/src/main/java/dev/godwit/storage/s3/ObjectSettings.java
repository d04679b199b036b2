package dev.godwit.storage.s3;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.Options;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * What is asked of the server for each object. The storage class is for volumes, which are most of
 * the bytes; what a list or a check reads stays at hand. Locks, marks, pins, the index and
 * unfinished files are not retained, since they must go.
 */
record ObjectSettings(
    Optional<String> storageClass,
    Optional<String> encryption,
    Optional<String> key,
    Optional<Retention> retention) {
  private static final Pattern LOCK = Pattern.compile("(governance|compliance):([1-9][0-9]{0,4})d");
  private static final Pattern NOT_RETAINED = Pattern.compile("(locks|marks|pins|index|work)/.*");

  /** For how long nobody may remove an object. */
  record Retention(ObjectLockMode mode, Duration duration) {}

  static ObjectSettings of(Options options) {
    return new ObjectSettings(
        options.text("storage-class"),
        options.text("sse"),
        options.text("sse-kms-key"),
        options.text("object-lock").map(ObjectSettings::retention));
  }

  private static Retention retention(String text) {
    Matcher lock = LOCK.matcher(text);
    if (!lock.matches()) {
      throw new GodwitException(
          ExitCode.USAGE,
          "option object-lock=" + text + " must be a mode and days",
          "such as object-lock=governance:30d or object-lock=compliance:365d");
    }
    ObjectLockMode mode =
        lock.group(1).equals("governance") ? ObjectLockMode.GOVERNANCE : ObjectLockMode.COMPLIANCE;
    return new Retention(mode, Duration.ofDays(Long.parseLong(lock.group(2))));
  }

  /** A request to write the file at a path, marked as one certain write. */
  PutObjectRequest.Builder put(String path, String mark) {
    PutObjectRequest.Builder put = PutObjectRequest.builder().metadata(Map.of(Mark.NAME, mark));
    classOf(path).ifPresent(put::storageClass);
    encryption.ifPresent(put::serverSideEncryption);
    key.ifPresent(put::ssekmsKeyId);
    retentionOf(path)
        .ifPresent(
            r ->
                put.objectLockMode(r.mode())
                    .objectLockRetainUntilDate(Instant.now().plus(r.duration())));
    return put;
  }

  /** A request to begin writing in parts, otherwise as {@link #put}. */
  CreateMultipartUploadRequest.Builder parts(String path, String mark) {
    CreateMultipartUploadRequest.Builder begin =
        CreateMultipartUploadRequest.builder().metadata(Map.of(Mark.NAME, mark));
    classOf(path).ifPresent(begin::storageClass);
    encryption.ifPresent(begin::serverSideEncryption);
    key.ifPresent(begin::ssekmsKeyId);
    retentionOf(path)
        .ifPresent(
            r ->
                begin
                    .objectLockMode(r.mode())
                    .objectLockRetainUntilDate(Instant.now().plus(r.duration())));
    return begin;
  }

  private Optional<String> classOf(String path) {
    return path.startsWith("volumes/") ? storageClass : Optional.empty();
  }

  /** Whether a file at this path was written to be held. */
  boolean retains(String path) {
    return retentionOf(path).isPresent();
  }

  private Optional<Retention> retentionOf(String path) {
    return NOT_RETAINED.matcher(path).matches() ? Optional.empty() : retention;
  }
}
