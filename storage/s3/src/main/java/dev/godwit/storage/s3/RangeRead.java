package dev.godwit.storage.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads a range of an object. An answer that ends early is asked for again, from its start. */
final class RangeRead {
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+|\\*)");
  private static final int CHUNK = 64 << 10;

  private RangeRead() {}

  static int read(S3Client client, BucketFolder folder, String path, long offset, ByteBuffer into)
      throws IOException {
    int start = into.position();
    String range = "bytes=" + offset + '-' + (offset + into.remaining() - 1);
    try {
      return client.getObject(
          g -> g.bucket(folder.bucket()).key(folder.key(path)).range(range),
          (head, body) -> {
            into.position(start);
            try {
              copy(body, into, expected(head, offset, into.remaining()));
              return into.position() - start;
            } catch (IOException e) {
              body.abort();
              throw RetryableException.create("the answer was cut off", e);
            }
          });
    } catch (S3Exception e) {
      if (e.statusCode() == 416) {
        into.position(start);
        return 0; // the object ends before
      }
      throw S3Failure.of(folder, path, e);
    } catch (SdkException e) {
      throw S3Failure.of(folder, path, e);
    }
  }

  private static int expected(GetObjectResponse head, long offset, int wanted) throws IOException {
    Matcher range = CONTENT_RANGE.matcher(head.contentRange() == null ? "" : head.contentRange());
    if (!range.matches()) {
      if (offset == 0 && head.contentLength() != null && head.contentLength() <= wanted) {
        return head.contentLength().intValue(); // all of it, which is what was asked
      }
      throw new IOException("the answer is not the range that was asked for");
    }
    long count = Long.parseLong(range.group(2)) - Long.parseLong(range.group(1)) + 1;
    boolean toTheEnd = range.group(3).equals(Long.toString(Long.parseLong(range.group(2)) + 1));
    boolean asAsked = count == wanted || (count < wanted && toTheEnd);
    if (Long.parseLong(range.group(1)) != offset || !asAsked) {
      throw new IOException("the answer is another range than was asked for");
    }
    return (int) count;
  }

  private static void copy(InputStream body, ByteBuffer into, int count) throws IOException {
    byte[] chunk = new byte[Math.min(CHUNK, Math.max(count, 1))];
    int left = count;
    while (left > 0) {
      int read = body.read(chunk, 0, Math.min(chunk.length, left));
      if (read < 0) {
        throw new EOFException("the answer ended " + left + " bytes early");
      }
      into.put(chunk, 0, read);
      left -= read;
    }
  }
}
