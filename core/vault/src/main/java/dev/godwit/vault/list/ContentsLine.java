package dev.godwit.vault.list;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.vault.file.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One line of a snapshot's contents: a dataset with what it came to, or a partition of the dataset
 * above it. Partitions have lines of their own, so that a dataset of very many is never held whole.
 *
 * @param dataset absent on the line of a partition
 * @param rows of the dataset; absent on the line of a partition
 * @param bytes of the dataset, uncompressed; absent on the line of a partition
 * @param partitions how many lines of partitions follow; absent on the line of a partition
 * @param partition absent on the line of a dataset
 */
public record ContentsLine(
    DatasetLine dataset, Long rows, Long bytes, Integer partitions, PartitionLine partition) {

  /** Checks that it is one of the two. */
  public ContentsLine {
    boolean whole = dataset != null && rows != null && bytes != null && partitions != null;
    if (whole == (partition != null)) {
      throw new IllegalArgumentException("a line of contents is a dataset or a partition");
    }
  }

  /**
   * The line of a dataset that is JSON already.
   *
   * @param dataset a {@link DatasetLine} as {@link ListWriter#json} gives it
   */
  public static byte[] of(byte[] dataset, long rows, long bytes, int partitions) {
    try (ByteArrayBuilder line = new ByteArrayBuilder()) {
      try (JsonGenerator json = Json.LINE.createGenerator((OutputStream) line)) {
        json.writeStartObject();
        json.writeFieldName("dataset");
        json.writeRawValue(new String(dataset, StandardCharsets.UTF_8));
        json.writeNumberField("rows", rows);
        json.writeNumberField("bytes", bytes);
        json.writeNumberField("partitions", partitions);
        json.writeEndObject();
      }
      return line.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The dataset, its estimate now what it came to. Only on the line of a dataset. */
  public Dataset described() {
    return dataset.dataset(new Dataset.Estimate(rows, bytes));
  }
}
