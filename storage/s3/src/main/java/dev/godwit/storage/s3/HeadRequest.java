package dev.godwit.storage.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Asks for an object's headers. The answer to such a request has no body, and so a refusal of one
 * does not say why: for that, the object's first byte is asked for.
 */
final class HeadRequest {
  private HeadRequest() {}

  /**
   * The headers of an object.
   *
   * @throws S3Exception of status 404 where there is none
   * @throws IOException for every other failure
   */
  static HeadObjectResponse send(S3Client client, BucketFolder folder, String path)
      throws IOException {
    try {
      return client.headObject(h -> h.bucket(folder.bucket()).key(folder.key(path)));
    } catch (S3Exception e) {
      if (e.statusCode() == 404) {
        throw e;
      }
      if (e.statusCode() < 500 && S3Failure.code(e).isEmpty()) {
        sayWhy(client, folder, path);
      }
      throw S3Failure.of(folder, path, e);
    } catch (SdkException e) {
      throw S3Failure.of(folder, path, e);
    }
  }

  /** Fails as the first request did, with the reason. */
  private static void sayWhy(S3Client client, BucketFolder folder, String path) throws IOException {
    int unused = RangeRead.read(client, folder, path, 0, ByteBuffer.allocate(1));
  }
}
