package dev.godwit.storage.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** One object that is sent in parts: the requests, in the order that the protocol asks for. */
final class MultipartUpload {
  private final S3Client client;
  private final BucketFolder folder;
  private final ObjectSettings settings;
  private final UploadNotes notes;
  private final String path;
  private final String key;
  private final String mark = Mark.fresh();
  private String id;
  private String note;

  MultipartUpload(
      S3Client client,
      BucketFolder folder,
      ObjectSettings settings,
      UploadNotes notes,
      String path) {
    this.client = client;
    this.folder = folder;
    this.settings = settings;
    this.notes = notes;
    this.path = path;
    this.key = folder.key(path);
  }

  /** What a request's failure means. */
  IOException failure(SdkException e) {
    return S3Failure.of(folder, path, e);
  }

  boolean isBegun() {
    return id != null;
  }

  void begin() throws IOException {
    try {
      id =
          client
              .createMultipartUpload(
                  settings
                      .parts(path, mark)
                      .bucket(folder.bucket())
                      .key(key)
                      .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                      .build())
              .uploadId();
    } catch (SdkException e) {
      throw S3Failure.of(folder, path, e);
    }
    note = notes.add(path, id);
  }

  /** Sends a part; any number of them at once. */
  CompletedPart send(int number, byte[] bytes, int length) {
    Checksums checksums = Checksums.of(bytes, length);
    UploadPartResponse sent =
        client.uploadPart(
            u ->
                u.bucket(folder.bucket())
                    .key(key)
                    .uploadId(id)
                    .partNumber(number)
                    .contentMD5(checksums.md5())
                    .checksumCRC32C(checksums.crc32c()),
            SingleUpload.body(bytes, length));
    // Those that know the checksum echo it, and want it again when the parts are put together.
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(sent.eTag())
        .checksumCRC32C(sent.checksumCRC32C())
        .build();
  }

  /** Puts the parts together. Where the answer is lost, the object tells. */
  void complete(List<CompletedPart> parts) throws IOException {
    List<CompletedPart> inOrder = new ArrayList<>(parts);
    try {
      client.completeMultipartUpload(
          c ->
              c.bucket(folder.bucket())
                  .key(key)
                  .uploadId(id)
                  .multipartUpload(m -> m.parts(inOrder)));
    } catch (SdkException e) {
      if (!Mark.isOn(client, folder, path, mark)) {
        throw S3Failure.of(folder, path, e);
      }
    }
    forget();
  }

  /** Gives up. What cannot be ended now is ended by the note that stays. */
  void abort() {
    if (id == null) {
      return;
    }
    try {
      client.abortMultipartUpload(a -> a.bucket(folder.bucket()).key(key).uploadId(id));
      forget();
    } catch (SdkException e) {
      // The note stays, and the next writer sees to it.
    }
    id = null;
  }

  private void forget() {
    if (note == null) {
      return;
    }
    try {
      notes.remove(note);
    } catch (SdkException e) {
      // A note of an upload that has ended does no harm.
    }
  }
}
