package dev.godwit.storage.s3;

import java.io.IOException;
import java.util.UUID;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A random word in the metadata of each object, which tells one write from every other: an answer
 * that was lost is looked up by it.
 */
final class Mark {
  static final String NAME = "godwit-write";

  private Mark() {}

  static String fresh() {
    return UUID.randomUUID().toString();
  }

  /** Whether the object that lies there came of the write with this mark. */
  static boolean isOn(S3Client client, BucketFolder folder, String path, String mark)
      throws IOException {
    try {
      return mark.equals(HeadRequest.send(client, folder, path).metadata().get(NAME));
    } catch (S3Exception e) {
      return false;
    }
  }
}
