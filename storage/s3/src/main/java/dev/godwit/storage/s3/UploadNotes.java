package dev.godwit.storage.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Notes of uploads that are under way, one small object each: the parts of an upload whose process
 * died are seen in no list and paid for all the same. Deleting a note ends its upload.
 */
final class UploadNotes {
  private static final String HEAD = "godwit-upload\n";
  private static final int MOST = 8192;

  private final S3Client client;
  private final BucketFolder folder;
  private final SingleUpload uploads;
  private final String work;

  /** Notes in a folder, such as {@code work/0a1b}. */
  UploadNotes(S3Client client, BucketFolder folder, SingleUpload uploads, String work) {
    this.client = client;
    this.folder = folder;
    this.uploads = uploads;
    this.work = work;
  }

  /** Takes a note. */
  String add(String path, String upload) throws IOException {
    String note = work + '/' + UUID.randomUUID();
    byte[] text = (HEAD + upload + '\n' + path).getBytes(StandardCharsets.UTF_8);
    uploads.put(note, text, text.length);
    return note;
  }

  /** Forgets a note whose upload has ended. */
  void remove(String note) {
    client.deleteObject(d -> d.bucket(folder.bucket()).key(folder.key(note)));
  }

  /** Where a path is a note's, ends the upload that it names. */
  void abortIfNoted(String path) throws IOException {
    if (!path.startsWith("work/")) {
      return;
    }
    String text;
    try {
      text =
          client
              .getObjectAsBytes(
                  g ->
                      g.bucket(folder.bucket())
                          .key(folder.key(path))
                          .range("bytes=0-" + (MOST - 1)))
              .asString(StandardCharsets.UTF_8);
    } catch (S3Exception e) {
      if (e.statusCode() == 404 || e.statusCode() == 416) {
        return;
      }
      throw S3Failure.of(folder, path, e);
    } catch (SdkException e) {
      throw S3Failure.of(folder, path, e);
    }
    String[] lines = text.split("\n", 3);
    if (text.startsWith(HEAD) && lines.length == 3) {
      abort(lines[2], lines[1]);
    }
  }

  private void abort(String path, String upload) throws IOException {
    try {
      client.abortMultipartUpload(
          a -> a.bucket(folder.bucket()).key(folder.key(path)).uploadId(upload));
    } catch (S3Exception e) {
      if (e.statusCode() != 404) {
        throw S3Failure.of(folder, path, e);
      }
    } catch (SdkException e) {
      throw S3Failure.of(folder, path, e);
    }
  }
}
