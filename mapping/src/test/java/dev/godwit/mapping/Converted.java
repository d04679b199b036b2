package dev.godwit.mapping;

import dev.godwit.mapping.document.DocumentShape;
import dev.godwit.mapping.document.ShapeLearner;
import dev.godwit.mapping.run.Conversions;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Dataset.Estimate;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.row.LargeBytes;
import dev.godwit.testkit.row.Row;
import dev.godwit.testkit.row.RowCollector;
import dev.godwit.testkit.row.RowReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bson.RawBsonDocument;

/** Sends rows through a conversion. */
public final class Converted {
  private Converted() {}

  /** A dataset of rows with a key. */
  public static Dataset rows(List<String> key, Field... fields) {
    return new Dataset(
        DatasetName.of("shop", "public", "things"),
        "table",
        new Schema(List.of(fields)),
        key,
        key,
        List.of(),
        List.of(),
        "",
        Estimate.UNKNOWN,
        Map.of());
  }

  /** Losses that are noted; they fail where the policy says so. */
  public static final class Noted implements Losses {
    private final OnLossy policy;

    /** What was lost, field and key and why. */
    public final List<String> lost = new ArrayList<>();

    public Noted(OnLossy policy) {
      this.policy = policy;
    }

    @Override
    public OnLossy policy() {
      return policy;
    }

    @Override
    public void lost(DatasetName dataset, String field, String key, String why) {
      lost.add(field + " of " + key + ": " + why);
      if (policy == OnLossy.FAIL) {
        throw new GodwitException(ExitCode.LOSSY, lost.get(0));
      }
    }
  }

  /** The conversion to documents, or to rows of the same columns. */
  public static Conversion of(
      Dataset source,
      RecordForm form,
      OnLossy policy,
      DocumentShape shape,
      FieldChoice... choices) {
    return Conversions.of(source, form, policy, List.of(choices), Optional.ofNullable(shape));
  }

  /** What becomes of rows. */
  public static List<Row> through(
      Conversion conversion, Dataset source, List<Row> rows, Losses losses, int ordinal) {
    try (BufferAllocator allocator = new RootAllocator();
        RecordReader reader =
            conversion.reading(
                new Partition(source.name(), ordinal, dev.godwit.spi.dataset.Span.ALL),
                reader(source, rows, allocator),
                losses,
                allocator)) {
      RowCollector collector = new RowCollector(in -> LargeBytes.held(in.readAllBytes()));
      List<Row> all = new ArrayList<>();
      for (RecordItem item; (item = reader.next()) != null; ) {
        all.addAll(collector.collect(item));
      }
      return all;
    }
  }

  private static RowReader reader(Dataset source, List<Row> rows, BufferAllocator allocator) {
    return new RowReader(source.schema(), rows.iterator(), 7, allocator, new Cancellation());
  }

  /** The documents of rows. */
  public static List<RawBsonDocument> documents(
      Dataset source, List<Row> rows, Losses losses, FieldChoice... choices) {
    Conversion conversion = of(source, new RecordForm.Documents(), losses.policy(), null, choices);
    return through(conversion, source, rows, losses, 3).stream()
        .map(row -> new RawBsonDocument(bytes(row.get(0))))
        .toList();
  }

  /** The bytes of a value, large or not. */
  public static byte[] bytes(Object value) {
    if (value instanceof LargeBytes large) {
      try {
        return large.open().readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ((Bytes) value).array();
  }

  /** What documents have in common. */
  public static DocumentShape shape(Dataset documents, List<Row> rows) {
    ShapeLearner learner = new ShapeLearner();
    try (BufferAllocator allocator = new RootAllocator();
        RecordReader reader = reader(documents, rows, allocator)) {
      learner.learn(reader, new Cancellation());
    }
    return learner.shape();
  }
}
