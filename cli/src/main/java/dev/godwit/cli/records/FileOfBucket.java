package dev.godwit.cli.records;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.record.RecordBatch;
import java.io.IOException;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * Finds a file among the {@code files} of a GridFS bucket: of several of one name that which was
 * uploaded last, as the drivers do.
 *
 * @see <a
 *     href="https://github.com/mongodb/specifications/blob/master/source/gridfs/gridfs-spec.md">
 *     GridFS</a>
 */
public final class FileOfBucket implements RecordFormat {
  private final String name;
  private Entry found;

  /**
   * What a bucket says of a file.
   *
   * @param id refers to its chunks
   * @param length in bytes
   * @param chunkSize bytes of each chunk but the last
   * @param uploaded milliseconds since 1970
   */
  record Entry(BsonValue id, long length, long chunkSize, long uploaded) {}

  /** Looks for a file name. */
  public FileOfBucket(String name) {
    this.name = name;
  }

  @Override
  public void record(RecordBatch batch, int row, LargeValues large) throws IOException {
    BsonDocument file = new RawBsonDocument(DocumentRecords.bytes(batch, row, large));
    if (!file.containsKey("filename")
        || !file.get("filename").isString()
        || !file.getString("filename").getValue().equals(name)) {
      return;
    }
    Entry entry =
        new Entry(
            file.get("_id"), number(file, "length"), number(file, "chunkSize"), uploaded(file));
    if (found == null || entry.uploaded() >= found.uploaded()) {
      found = entry;
    }
  }

  private long number(BsonDocument file, String field) {
    BsonValue value = file.get(field);
    if (value == null || !value.isNumber() || value.asNumber().longValue() < 0) {
      throw new GodwitException(
          ExitCode.FAILED, "file '" + name + "' cannot be put together: it has no " + field);
    }
    return value.asNumber().longValue();
  }

  private static long uploaded(BsonDocument file) {
    BsonValue date = file.get("uploadDate");
    return date != null && date.isDateTime() ? date.asDateTime().getValue() : Long.MIN_VALUE;
  }

  /** The chunks of what was found, to be gone through next; empty where there is no such file. */
  public Optional<ChunksOfFile> chunks() throws IOException {
    return found == null ? Optional.empty() : Optional.of(new ChunksOfFile(name, found));
  }

  @Override
  public void close() {}
}
