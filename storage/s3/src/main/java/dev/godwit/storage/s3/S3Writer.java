package dev.godwit.storage.s3;

import dev.godwit.spi.storage.StorageWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Writes one object: by one request where it is small, else in parts, which are sent while further
 * bytes come.
 */
final class S3Writer implements StorageWriter {
  private static final int LEAST = 64 << 10;

  private final String path;
  private final PartSizes sizes;
  private final SingleUpload single;
  private final MultipartUpload upload;
  private final PartUploads workers;
  private final List<CompletableFuture<CompletedPart>> sent = new ArrayList<>();
  private byte[] part = new byte[LEAST];
  private int length;
  private boolean ended;

  S3Writer(
      String path,
      PartSizes sizes,
      SingleUpload single,
      MultipartUpload upload,
      PartUploads workers) {
    this.path = path;
    this.sizes = sizes;
    this.single = single;
    this.upload = upload;
    this.workers = workers;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int size = sizes.size(sent.size() + 1);
      if (length == size) {
        sendPart();
        size = sizes.size(sent.size() + 1);
      }
      int count = Math.min(bytes.remaining(), size - length);
      if (length + count > part.length) {
        part = Arrays.copyOf(part, Math.min(size, Math.max(length + count, 2 * part.length)));
      }
      bytes.get(part, length, count);
      length += count;
    }
  }

  private void sendPart() throws IOException {
    throwFailure();
    if (!upload.isBegun()) {
      upload.begin();
    }
    int number = sent.size() + 1;
    if (number > sizes.most()) {
      throw new IOException(path + " does not fit into " + sizes.most() + " parts");
    }
    byte[] bytes = part;
    int count = length;
    part = new byte[LEAST];
    length = 0;
    sent.add(workers.submit(() -> upload.send(number, bytes, count)));
  }

  /** So that a server that is gone is told early. */
  private void throwFailure() throws IOException {
    for (CompletableFuture<CompletedPart> each : sent) {
      if (each.isCompletedExceptionally()) {
        await(each);
      }
    }
  }

  private CompletedPart await(CompletableFuture<CompletedPart> part) throws IOException {
    try {
      return part.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SdkException failure) {
        throw upload.failure(failure);
      }
      throw e;
    }
  }

  @Override
  public void commit() throws IOException {
    if (!upload.isBegun()) {
      single.put(path, part, length);
    } else {
      sendPart();
      List<CompletedPart> parts = new ArrayList<>();
      for (CompletableFuture<CompletedPart> each : sent) {
        parts.add(await(each));
      }
      upload.complete(parts);
    }
    ended = true;
  }

  @Override
  public void abort() {
    if (ended) {
      return;
    }
    ended = true;
    for (CompletableFuture<CompletedPart> each : sent) {
      try {
        each.join(); // a part that arrives after the end of its upload would stay
      } catch (CompletionException e) {
        // It is given up anyway.
      }
    }
    upload.abort();
  }

  @Override
  public void close() {
    abort();
  }
}
