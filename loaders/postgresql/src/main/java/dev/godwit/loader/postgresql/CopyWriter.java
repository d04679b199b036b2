package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.copy.RowEncoder;
import dev.godwit.extractor.postgresql.type.TypeCatalogue;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import java.io.IOException;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes one partition: one copy, and its mark in the ledger, in one transaction. What is only
 * copied aside and put in its place afterwards goes by several copies, so that little lies aside.
 */
final class CopyWriter implements RecordWriter {
  /** Rows that are copied aside at a time, at least: 16 MiB of pages of large objects. */
  private static final long MOST_ASIDE = 8_192;

  private final ConnectionPool.Lease lease;
  private final String shown;
  private final String item;
  private final Cancellation cancellation;
  private final TargetTables.Table table;
  private final TypeCatalogue types;
  private CopyIn copy;
  private RowEncoder encoder;
  private long copied;
  private final LargeSpool spool = new LargeSpool();
  private long rows;
  private long bytes;
  private boolean ended;

  /**
   * Ready to write; the copy begins with the first rows, for a table may have none.
   *
   * @param lease given back when the writer ends
   * @param shown the partition, for people
   * @param item its mark in the ledger
   */
  CopyWriter(
      ConnectionPool.Lease lease,
      TargetTables.Table table,
      TypeCatalogue types,
      String shown,
      String item,
      Cancellation cancellation) {
    this.lease = lease;
    this.shown = shown;
    this.item = item;
    this.cancellation = cancellation;
    this.table = table;
    this.types = types;
  }

  private void begin() throws SQLException {
    for (String statement : table.before()) {
      Pieces.run(lease.connection(), statement);
    }
    copy = lease.connection().unwrap(PGConnection.class).getCopyAPI().copyIn(table.copy());
    encoder = new RowEncoder(table.columns(), types, table.format(), this::send);
    copied = 0;
  }

  private void endCopy() throws IOException, SQLException {
    encoder.finish();
    long loaded = copy.endCopy();
    if (loaded != copied) {
      throw new GodwitException(
          ExitCode.FAILED,
          "a copy of partition %s has %d rows, the server took %d"
              .formatted(shown, copied, loaded));
    }
    for (String statement : table.after()) {
      cancellation.check();
      Pieces.run(lease.connection(), statement);
    }
  }

  private void send(byte[] data, int offset, int length) throws IOException {
    try {
      copy.writeToCopy(data, offset, length);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void write(RecordItem item) {
    cancellation.check();
    if (item instanceof LargeValue large) {
      spool.keep(large);
      return;
    }
    RecordBatch batch = (RecordBatch) item;
    try {
      if (copy != null && copied >= MOST_ASIDE && !table.after().isEmpty()) {
        endCopy();
        copy = null;
      }
      if (copy == null) {
        begin();
      }
      encoder.write(batch, spool);
    } catch (IOException e) {
      throw failed(e);
    } catch (SQLException e) {
      throw SqlFailure.of("cannot load " + shown, e, cancellation);
    }
    copied += batch.rowCount();
    spool.clear();
    rows += batch.rowCount();
    bytes += size(batch);
  }

  private static long size(RecordBatch batch) {
    long size = batch.bytes();
    for (Misfit misfit : batch.misfits()) {
      size += misfit.bytes().length;
    }
    for (LargeReference large : batch.large()) {
      size += large.length();
    }
    return size;
  }

  @Override
  public Commit commit() {
    cancellation.check();
    try {
      if (copy != null) {
        endCopy();
      }
      Ledger.mark(lease.connection(), item);
      lease.commit();
    } catch (IOException e) {
      throw failed(e);
    } catch (SQLException e) {
      throw SqlFailure.of("cannot load " + shown, e, cancellation);
    }
    ended = true;
    spool.close();
    return new Commit(rows, bytes, -1, 0);
  }

  private GodwitException failed(IOException e) {
    if (e.getCause() instanceof SQLException sql) {
      return SqlFailure.of("cannot load " + shown, sql, cancellation);
    }
    cancellation.check();
    return new GodwitException(
        ExitCode.FAILED, "cannot load " + shown + ": " + e.getMessage(), null, e);
  }

  @Override
  public void abort() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      if (copy != null && copy.isActive()) {
        copy.cancelCopy();
      }
    } catch (SQLException e) {
      // The rollback below ends it as well, or the connection is broken.
    } finally {
      lease.rollback();
      spool.close();
    }
  }

  @Override
  public void close() {
    abort();
  }
}
