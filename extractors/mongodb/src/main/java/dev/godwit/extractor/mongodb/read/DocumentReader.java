package dev.godwit.extractor.mongodb.read;

import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import dev.godwit.extractor.mongodb.bson.IdHash;
import dev.godwit.extractor.mongodb.bson.Raw;
import dev.godwit.extractor.mongodb.session.ServerFailure;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.PluginContext;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bson.RawBsonDocument;

/** Reads one partition of a collection. */
final class DocumentReader implements RecordReader {
  private final DatasetName dataset;
  private final Sessions sessions;
  private final Optional<ClientSession> session;
  private final DocumentsAhead documents;
  private final CutRule rule;
  private final BatchBuilder batch;
  private final PluginContext context;
  private final ServerFailure failures;
  private boolean given;
  private RawBsonDocument waiting;
  private boolean closed;

  DocumentReader(
      DatasetName dataset,
      Schema schema,
      DocumentCursor.Query query,
      CutRule rule,
      Sessions sessions,
      ServerFailure failures,
      PluginContext context) {
    this.dataset = dataset;
    this.sessions = sessions;
    this.rule = rule;
    this.context = context;
    this.failures = failures;
    this.session = sessions.begin();
    this.batch = new BatchBuilder(schema, context.allocator());
    this.documents =
        new DocumentsAhead(
            dataset.last(), new DocumentCursor(query, session), context.cancellation());
  }

  @Override
  public RecordItem next() {
    context.cancellation().check();
    if (given) {
      batch.clear();
      given = false;
    }
    if (batch.ended()) {
      return give();
    }
    for (RawBsonDocument document; (document = take()) != null; ) {
      context.cancellation().check();
      ByteBuffer bytes = Raw.bytes(document);
      int size = bytes.remaining();
      if (batch.rows() > 0 && rule.endsBefore(hash(bytes), size, batch.bytes())) {
        waiting = document;
        return give();
      }
      if (size > LargeValue.THRESHOLD) {
        batch.addLarge(bytes);
        return new LargeValue(
            new ByteArrayInputStream(bytes.array(), bytes.arrayOffset() + bytes.position(), size));
      }
      batch.add(bytes);
    }
    return batch.rows() > 0 ? give() : null;
  }

  private RecordItem give() {
    given = true;
    return batch.build();
  }

  private RawBsonDocument take() {
    if (waiting != null) {
      RawBsonDocument taken = waiting;
      waiting = null;
      return taken;
    }
    try {
      return documents.next();
    } catch (MongoException e) {
      throw failures.of("cannot read " + dataset, e);
    }
  }

  private long hash(ByteBuffer bytes) {
    try {
      return IdHash.of(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    } catch (IllegalArgumentException e) {
      throw new GodwitException(
          ExitCode.FAILED,
          "cannot read " + dataset + ": " + e.getMessage(),
          "the collection is damaged on the server: run validate on it",
          e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    batch.close();
    try {
      documents.close();
    } catch (MongoException e) {
      // The server ends it by itself; what was read stands.
    }
    session.ifPresent(sessions::end);
  }
}
