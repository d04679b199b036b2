package dev.godwit.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Writes an object by one request. Where the answer is lost, the object itself is asked whose it
 * is.
 *
 * <p>That a key be free is asked of the server, by {@code If-None-Match: *}. Some servers do not
 * know that header and a few ignore it, so it is tried once, at the first object. With those, it is
 * looked before and after: of two writers at one moment both may then believe to have won. The
 * names that matter in a vault are random or hashes, so that they do not meet.
 */
final class SingleUpload {
  private static final int CONFLICTS = 8;

  private enum Conditions {
    UNKNOWN,
    KEPT,
    IGNORED
  }

  private final S3Client client;
  private final BucketFolder folder;
  private final ObjectSettings settings;
  private volatile Conditions conditions = Conditions.UNKNOWN;

  SingleUpload(S3Client client, BucketFolder folder, ObjectSettings settings) {
    this.client = client;
    this.folder = folder;
    this.settings = settings;
  }

  static RequestBody body(byte[] bytes, int length) {
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(bytes, 0, length), length, "application/octet-stream");
  }

  private PutObjectRequest.Builder request(String path, byte[] content, int length, String mark) {
    Checksums checksums = Checksums.of(content, length);
    return settings
        .put(path, mark)
        .bucket(folder.bucket())
        .key(folder.key(path))
        .contentMD5(checksums.md5())
        .checksumCRC32C(checksums.crc32c());
  }

  /** Writes an object, whatever lay there. */
  void put(String path, byte[] content, int length) throws IOException {
    put(path, content, length, Mark.fresh());
  }

  private void put(String path, byte[] content, int length, String mark) throws IOException {
    try {
      client.putObject(request(path, content, length, mark).build(), body(content, length));
    } catch (SdkException e) {
      if (!isMine(path, mark, e)) {
        throw S3Failure.of(folder, path, e);
      }
    }
  }

  /** Writes an object if there is none. */
  boolean createIfAbsent(String path, byte[] content) throws IOException {
    String mark = Mark.fresh();
    if (conditions != Conditions.KEPT && exists(path)) {
      return false;
    }
    if (conditions != Conditions.IGNORED) {
      try {
        boolean mine = putIfAbsent(path, content, mark);
        if (conditions == Conditions.UNKNOWN && mine) {
          conditions = isRefusedAgain(path, content, mark) ? Conditions.KEPT : Conditions.IGNORED;
          return conditions == Conditions.KEPT || Mark.isOn(client, folder, path, mark);
        }
        return mine;
      } catch (UnsupportedOperationException e) {
        conditions = Conditions.IGNORED;
      }
    }
    put(path, content, content.length, mark);
    return Mark.isOn(client, folder, path, mark);
  }

  private boolean exists(String path) throws IOException {
    try {
      HeadObjectResponse unused = HeadRequest.send(client, folder, path);
      return true;
    } catch (S3Exception e) {
      return false;
    }
  }

  private boolean putIfAbsent(String path, byte[] content, String mark) throws IOException {
    PutObjectRequest request =
        request(path, content, content.length, mark).ifNoneMatch("*").build();
    for (int conflict = 1; ; conflict++) {
      try {
        client.putObject(request, body(content, content.length));
        return true;
      } catch (S3Exception e) {
        if (e.statusCode() == 501) {
          throw new UnsupportedOperationException(e);
        }
        // Another writes the key at this moment, and its end is not known yet.
        boolean undecided = e.statusCode() == 409 && conflict < CONFLICTS;
        if (undecided) {
          continue;
        }
        if (isMine(path, mark, e)) {
          return true;
        }
        if (e.statusCode() == 412) {
          return false;
        }
        throw S3Failure.of(folder, path, e);
      } catch (SdkException e) {
        if (isMine(path, mark, e)) {
          return true;
        }
        throw S3Failure.of(folder, path, e);
      }
    }
  }

  /** Whether the server holds to the condition, tried on an object that was just written. */
  private boolean isRefusedAgain(String path, byte[] content, String mark) throws IOException {
    try {
      client.putObject(
          request(path, content, content.length, mark).ifNoneMatch("*").build(),
          body(content, content.length));
      return false;
    } catch (S3Exception e) {
      if (e.statusCode() == 412 || e.statusCode() == 409) {
        return true;
      }
      throw S3Failure.of(folder, path, e);
    } catch (SdkException e) {
      throw S3Failure.of(folder, path, e);
    }
  }

  /** After a failure: whether the object was written all the same. */
  private boolean isMine(String path, String mark, SdkException failure) {
    boolean refused =
        failure instanceof AwsServiceException answered
            && answered.statusCode() < 500
            && answered.statusCode() != 412;
    if (refused) {
      return false;
    }
    try {
      return Mark.isOn(client, folder, path, mark);
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
      return false;
    }
  }
}
