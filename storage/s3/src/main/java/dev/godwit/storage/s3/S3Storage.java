package dev.godwit.storage.s3;

import dev.godwit.spi.storage.RetainedException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.StorageWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A prefix of a bucket. An object appears whole with its upload; one of several parts appears when
 * they are put together, and until then a note of it lies in the process's folder of unfinished
 * files. Times are whole seconds, as the protocol's headers give them.
 */
final class S3Storage implements Storage {
  private final S3Client client;
  private final BucketFolder folder;
  private final ObjectSettings settings;
  private final PartSizes parts;
  private final UploadNotes notes;
  private final int pageSize;
  private final Duration listLag;
  private final SingleUpload uploads;
  private final PartUploads workers = new PartUploads();

  /**
   * A storage over a client, which is closed with it.
   *
   * @param work the folder of this process for what is not finished
   * @param pageSize most keys asked for at once
   * @param listLag for how long lists may be late
   */
  S3Storage(
      S3Client client,
      BucketFolder folder,
      ObjectSettings settings,
      PartSizes parts,
      String work,
      int pageSize,
      Duration listLag) {
    this.client = client;
    this.folder = folder;
    this.settings = settings;
    this.parts = parts;
    this.uploads = new SingleUpload(client, folder, settings);
    this.notes = new UploadNotes(client, folder, uploads, work);
    this.pageSize = pageSize;
    this.listLag = listLag;
  }

  @Override
  public String display() {
    return folder.display();
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public Duration listLag() {
    return listLag;
  }

  @Override
  public StorageWriter create(String path) {
    MultipartUpload upload = new MultipartUpload(client, folder, settings, notes, path);
    return new S3Writer(path, parts, uploads, upload, workers);
  }

  @Override
  public boolean createIfAbsent(String path, byte[] content) throws IOException {
    return uploads.createIfAbsent(path, content);
  }

  @Override
  public void replace(String path, byte[] content) throws IOException {
    uploads.put(path, content, content.length);
  }

  @Override
  public int read(String path, long offset, ByteBuffer into) throws IOException {
    if (!into.hasRemaining()) {
      return 0;
    }
    return RangeRead.read(client, folder, path, offset, into);
  }

  @Override
  public StoredFile stat(String path) throws IOException {
    try {
      HeadObjectResponse head = HeadRequest.send(client, folder, path);
      return new StoredFile(path, head.contentLength(), seconds(head.lastModified()));
    } catch (S3Exception e) {
      throw S3Failure.of(folder, path, e);
    }
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public Stream<StoredFile> list(String below) throws IOException {
    String prefix = folder.key(below.isEmpty() ? "" : below + '/');
    try {
      Iterator<S3Object> objects =
          client
              .listObjectsV2Paginator(
                  l -> l.bucket(folder.bucket()).prefix(prefix).maxKeys(pageSize))
              .contents()
              .iterator();
      boolean unused = objects.hasNext(); // a bucket that is missing is told here
      return StreamSupport.stream(
              Spliterators.spliteratorUnknownSize(
                  new Pages(objects, folder, below), Spliterator.NONNULL | Spliterator.ORDERED),
              false)
          .filter(object -> !object.key().endsWith("/")) // how consoles show an empty folder
          .map(o -> new StoredFile(folder.path(o.key()), o.size(), seconds(o.lastModified())));
    } catch (SdkException e) {
      throw S3Failure.of(folder, below, e);
    }
  }

  /** Objects, page after page; failures as callers of a stream expect them. */
  private record Pages(Iterator<S3Object> objects, BucketFolder folder, String below)
      implements Iterator<S3Object> {
    @Override
    public boolean hasNext() {
      try {
        return objects.hasNext();
      } catch (SdkException e) {
        throw new UncheckedIOException(S3Failure.of(folder, below, e));
      }
    }

    @Override
    public S3Object next() {
      try {
        return objects.next();
      } catch (SdkException e) {
        throw new UncheckedIOException(S3Failure.of(folder, below, e));
      }
    }
  }

  /**
   * In a bucket that keeps versions the server only hides an object that is deleted, so one that an
   * object lock holds would vanish from the vault and go on costing: it is asked for its lock
   * first.
   */
  @Override
  public void delete(String path) throws IOException {
    if (settings.retains(path)) {
      Optional<Instant> until = retainedUntil(path);
      if (until.isPresent() && until.get().isAfter(now())) {
        throw new RetainedException(path, until, null);
      }
    }
    try {
      notes.abortIfNoted(path);
      client.deleteObject(d -> d.bucket(folder.bucket()).key(folder.key(path)));
    } catch (SdkException e) {
      IOException failure = S3Failure.of(folder, path, e);
      if (failure instanceof AccessDeniedException) {
        throw new RetainedException(path, retainedUntil(path), failure);
      }
      if (!(failure instanceof NoSuchFileException)) {
        throw failure;
      }
    }
  }

  /** Nothing where the object has no lock, or the server does not say. */
  private Optional<Instant> retainedUntil(String path) {
    try {
      return Optional.ofNullable(
          client
              .headObject(h -> h.bucket(folder.bucket()).key(folder.key(path)))
              .objectLockRetainUntilDate());
    } catch (SdkException e) {
      return Optional.empty();
    }
  }

  /** By the header that every answer has, also that there is no such object. */
  @Override
  public Instant now() throws IOException {
    SdkHttpResponse answer;
    try {
      answer = HeadRequest.send(client, folder, "vault.json").sdkHttpResponse();
    } catch (S3Exception e) {
      if (e.awsErrorDetails() == null) {
        throw S3Failure.of(folder, "vault.json", e);
      }
      answer = e.awsErrorDetails().sdkHttpResponse();
    }
    Optional<String> date = answer.firstMatchingHeader("Date");
    try {
      return ZonedDateTime.parse(date.orElse(""), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeParseException e) {
      throw new IOException("the S3 server does not say the time", e);
    }
  }

  @Override
  public void close() {
    workers.close();
    client.close();
  }
}
