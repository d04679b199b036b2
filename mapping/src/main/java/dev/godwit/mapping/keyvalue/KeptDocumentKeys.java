package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.document.RawDocuments;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.RecordBatch;
import java.io.InputStream;
import java.util.Optional;
import org.bson.BSONException;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** Makes keys with values again of one partition's documents. Used by one thread. */
final class KeptDocumentKeys implements KeyedRecords {
  private final Partition partition;
  private final KeptForm form;
  private final RawDocuments documents = new RawDocuments();
  private final KeptDocument document = new KeptDocument();
  private int rows;
  private long before;

  KeptDocumentKeys(Partition partition, KeptForm form) {
    this.partition = partition;
    this.form = form;
  }

  @Override
  public void over(RecordBatch batch, LargeSpool spool) {
    documents.over(batch, spool);
    rows = batch.rowCount();
  }

  @Override
  public void key(int row, GrowingBytes out) {
    try {
      documents.at(row);
      document.read(documents.bytes(), documents.from(), documents.to());
      if (document.head().flags().isPresent() && !form.flags()) {
        throw new IllegalArgumentException("it has flags, and the first document has none");
      }
      out.ascii(document.key());
    } catch (IllegalArgumentException e) {
      throw refused(row, e);
    }
  }

  @Override
  public KeyHead head(int row) {
    return document.head();
  }

  /** Documents are never so large that they could not be made in memory. */
  @Override
  public Optional<InputStream> large(int row) {
    return Optional.empty();
  }

  @Override
  public void value(int row, GrowingBytes out) {
    try {
      document.value(out);
    } catch (IllegalArgumentException e) {
      throw refused(row, e);
    }
  }

  private GodwitException refused(int row, IllegalArgumentException why) {
    return new GodwitException(
        ExitCode.FAILED,
        "document %s of %s becomes no key as it was: %s"
            .formatted(name(row), partition.dataset(), why.getMessage()),
        "give --key a template, and each document becomes the value of a key",
        why);
  }

  /** The document, for people. */
  private String name(int row) {
    try {
      documents.at(row);
      int length = documents.to() - documents.from();
      BsonValue id = new RawBsonDocument(documents.bytes(), documents.from(), length).get("_id");
      if (id != null) {
        return "_id=" + KeyValueText.of(id);
      }
    } catch (BSONException | IllegalArgumentException e) {
      // It is named by its place.
    }
    return before + row + " of partition " + partition.ordinal();
  }

  @Override
  public void end() {
    before += rows;
  }
}
