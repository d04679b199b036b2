package dev.godwit.cli.records;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.record.RecordBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * Puts a file of GridFS together from its chunks, which come in any order. It is set aside in a
 * temporary file, so that nothing is given out before all of it is there.
 */
public final class ChunksOfFile implements RecordFormat {
  private final String name;
  private final FileOfBucket.Entry file;
  private final BitSet met = new BitSet();
  private final Path path;
  private final FileChannel aside;

  ChunksOfFile(String name, FileOfBucket.Entry file) throws IOException {
    this.name = name;
    this.file = file;
    this.path = Files.createTempFile("godwit-file-", ".tmp");
    this.aside =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  @Override
  public void record(RecordBatch batch, int row, LargeValues large) throws IOException {
    BsonDocument chunk = new RawBsonDocument(DocumentRecords.bytes(batch, row, large));
    if (!file.id().equals(chunk.get("files_id"))) {
      return;
    }
    BsonValue n = chunk.get("n");
    BsonValue data = chunk.get("data");
    if (n == null || !n.isNumber() || data == null || !data.isBinary()) {
      throw broken("one of its chunks has no number or no data");
    }
    long number = n.asNumber().longValue();
    byte[] bytes = data.asBinary().getData();
    if (number < 0 || number >= chunks() || bytes.length != length(number)) {
      throw broken("chunk " + number + " has " + bytes.length + " bytes");
    }
    met.set((int) number);
    ByteBuffer left = ByteBuffer.wrap(bytes);
    for (long at = number * file.chunkSize(); left.hasRemaining(); ) {
      at += aside.write(left, at);
    }
  }

  private long chunks() {
    return file.length() == 0 ? 0 : (file.length() - 1) / Math.max(1, file.chunkSize()) + 1;
  }

  private long length(long number) {
    return Math.min(file.chunkSize(), file.length() - number * file.chunkSize());
  }

  /**
   * Writes the file.
   *
   * @throws GodwitException {@code FAILED} where a chunk is missing; nothing is written then
   */
  public void writeTo(OutputStream out) throws IOException {
    if (met.cardinality() != chunks()) {
      throw broken("chunk " + met.nextClearBit(0) + " of " + chunks() + " is missing");
    }
    aside.position(0);
    Channels.newInputStream(aside).transferTo(out);
    out.flush();
  }

  private GodwitException broken(String why) {
    return new GodwitException(
        ExitCode.FAILED, "file '" + name + "' cannot be put together: " + why);
  }

  @Override
  public void close() throws IOException {
    aside.close();
  }
}
