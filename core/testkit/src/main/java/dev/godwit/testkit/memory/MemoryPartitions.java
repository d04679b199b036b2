package dev.godwit.testkit.memory;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.Span;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.row.RowReader;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** Slices of so many rows, marked by row number, or by {@code _id} where rows are documents. */
record MemoryPartitions(
    Shape shape, Selection selection, int batchRows, int partitionRows, PluginContext context)
    implements Reading.Partitioned {

  @Override
  public Iterator<Partition> partitions(Dataset dataset) {
    List<Row> rows = rows(dataset);
    int count = Math.max(1, (rows.size() + partitionRows - 1) / partitionRows);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              String from = i == 0 ? null : mark(rows, i * partitionRows);
              String to = i == count - 1 ? null : mark(rows, (i + 1) * partitionRows);
              String axis = shape == Shape.DOCUMENTS ? "_id" : "row";
              return new Partition(dataset.name(), i, Span.between(axis, from, to));
            })
        .iterator();
  }

  private String mark(List<Row> rows, int at) {
    long mark = shape == Shape.DOCUMENTS ? MemoryStore.key(rows.get(at)) : at;
    return Long.toString(mark);
  }

  @Override
  public RecordReader open(Dataset dataset, Partition partition) {
    List<Row> rows = rows(dataset);
    int from = Math.min(rows.size(), partition.ordinal() * partitionRows);
    int to =
        partition.span().to().isEmpty() ? rows.size() : Math.min(rows.size(), from + partitionRows);
    return new RowReader(
        selection.tables().get(dataset.name()).dataset().schema(),
        rows.subList(from, to).iterator(),
        batchRows,
        context.allocator(),
        context.cancellation());
  }

  private List<Row> rows(Dataset dataset) {
    return selection.tables().get(dataset.name()).rows();
  }
}
