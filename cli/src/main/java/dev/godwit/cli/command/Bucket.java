package dev.godwit.cli.command;

import dev.godwit.cli.records.ChunksOfFile;
import dev.godwit.cli.records.DatasetText;
import dev.godwit.cli.records.FileOfBucket;
import dev.godwit.mapping.run.Conversions;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.vault.Manifest;
import java.io.IOException;
import java.io.OutputStream;

/** A GridFS bucket of a snapshot: two collections, which are named after it. */
final class Bucket {
  private final String name;
  private final Dataset files;
  private final Dataset chunks;

  /**
   * The bucket of a name, such as {@code fs} or {@code shop.fs}.
   *
   * @throws GodwitException {@code USAGE} where the snapshot has none or several
   */
  Bucket(ExtractRun run, Manifest manifest, String name) {
    this.name = name;
    this.files = OneDataset.of(run, manifest, collection(name, "files"));
    this.chunks = OneDataset.of(run, manifest, collection(name, "chunks"));
    if (!Conversions.isDocuments(files) || !Conversions.isDocuments(chunks)) {
      throw new GodwitException(ExitCode.USAGE, "'" + name + "' is no bucket: it holds rows");
    }
  }

  /**
   * A collection's name has a dot inside of its last part, which so stands in quotes; the bucket's
   * own may have one too, and then stands in quotes already.
   */
  private static String collection(String bucket, String part) {
    if (bucket.length() > 1 && bucket.endsWith("\"")) {
      return bucket.substring(0, bucket.length() - 1) + '.' + part + '"';
    }
    int dot = bucket.lastIndexOf('.');
    return bucket.substring(0, dot + 1) + '"' + bucket.substring(dot + 1) + '.' + part + '"';
  }

  /**
   * Writes a file.
   *
   * @throws GodwitException {@code USAGE} where there is no such file, {@code FAILED} where it is
   *     not whole
   */
  void write(String file, DatasetText text, OutputStream out) throws IOException {
    FileOfBucket wanted = new FileOfBucket(file);
    text.write(files, wanted, Long.MAX_VALUE);
    try (ChunksOfFile pieces =
        wanted
            .chunks()
            .orElseThrow(
                () ->
                    new GodwitException(
                        ExitCode.USAGE,
                        "no file '" + file + "' in bucket " + name,
                        "'" + files.name() + "' lists the files, written by cat without --file"))) {
      text.write(chunks, pieces, Long.MAX_VALUE);
      pieces.writeTo(out);
    }
  }
}
