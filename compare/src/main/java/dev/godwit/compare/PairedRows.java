package dev.godwit.compare;

import dev.godwit.compare.Difference.Cell;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.transfer.hash.LargeProof;
import dev.godwit.transfer.hash.RowCursor;
import dev.godwit.transfer.hash.RowValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Rows of columns, paired by their key.
 *
 * @param name of the dataset
 * @param columns those of both sides, in an order for both
 */
record PairedRows(DatasetName name, Alignment columns) implements PairedRecords {
  @Override
  public RecordCursor cursor(Side side) {
    return new Cursor(new RowCursor(columns.places(side), columns.keys()), new LargeProof(name));
  }

  /** Hashes rows that are read as they are sent. */
  RecordHashes asSent() {
    return new SentHashes(name, columns.keys());
  }

  /** The same rows, of another dataset of a side, where they may have their columns elsewhere. */
  PairedRows in(Side side, Dataset dataset) {
    return new PairedRows(dataset.name(), columns.in(side, dataset));
  }

  @Override
  public boolean keyed() {
    return columns.keys() > 0;
  }

  @Override
  public List<String> differences() {
    return columns.differences();
  }

  @Override
  public List<Object> order(byte[] record) {
    return RowValues.of(record, keyed() ? columns.keys() : count());
  }

  @Override
  public List<Cell> key(byte[] record) {
    return cells(RowValues.of(record, columns.keys()), 0);
  }

  @Override
  public List<Cell> rest(byte[] record) {
    return cells(RowValues.of(record, count()), columns.keys());
  }

  @Override
  public Changes changes(byte[] left, byte[] right) {
    List<Object> ofA = RowValues.of(left, count());
    List<Object> ofB = RowValues.of(right, count());
    List<Cell> a = new ArrayList<>();
    List<Cell> b = new ArrayList<>();
    for (int i = columns.keys(); i < count(); i++) {
      if (!Objects.equals(ofA.get(i), ofB.get(i))) {
        a.add(new Cell(columns.names().get(i), ofA.get(i)));
        b.add(new Cell(columns.names().get(i), ofB.get(i)));
      }
    }
    return new Changes(a, b);
  }

  private int count() {
    return columns.names().size();
  }

  private List<Cell> cells(List<Object> values, int from) {
    List<Cell> cells = new ArrayList<>();
    for (int i = from; i < values.size(); i++) {
      cells.add(new Cell(columns.names().get(i), values.get(i)));
    }
    return cells;
  }

  /** Rows in their canonical encoding. */
  private record Cursor(RowCursor rows, LargeProof large) implements RecordCursor {
    @Override
    public long meet(LargeValue value) {
      return large.meet(value);
    }

    @Override
    public void over(RecordBatch batch) {
      large.require(batch);
      rows.over(batch);
    }

    @Override
    public boolean next() {
      return rows.next();
    }

    @Override
    public void all(RowCursor.Hashes to) {
      rows.all(to);
    }

    @Override
    public void encode() {
      rows.encode();
    }

    @Override
    public long keyHash() {
      return rows.keyHash();
    }

    @Override
    public long high() {
      return rows.high();
    }

    @Override
    public long low() {
      return rows.low();
    }

    @Override
    public byte[] bytes() {
      return rows.bytes();
    }

    @Override
    public int from() {
      return rows.from();
    }

    @Override
    public int size() {
      return rows.size();
    }

    @Override
    public void close() {}
  }
}
