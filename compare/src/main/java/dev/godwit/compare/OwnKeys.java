package dev.godwit.compare;

import dev.godwit.compare.Difference.Cell;
import dev.godwit.mapping.keyvalue.KeyTemplate;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import java.util.List;
import org.apache.arrow.vector.VarBinaryVector;

/**
 * Keys that a template made, held against those of a store that look as if it had: the store may
 * hold others, which are not looked at.
 *
 * @param keys how keys with values are gone through
 */
record OwnKeys(PairedKeys keys, KeyTemplate template) implements PairedRecords {
  @Override
  public RecordCursor cursor(Side side) {
    RecordCursor all = keys.cursor(side);
    return side == Side.A ? all : new Own(all, template);
  }

  @Override
  public boolean keyed() {
    return keys.keyed();
  }

  @Override
  public List<String> differences() {
    return keys.differences();
  }

  @Override
  public List<Object> order(byte[] record) {
    return keys.order(record);
  }

  @Override
  public List<Cell> key(byte[] record) {
    return keys.key(record);
  }

  @Override
  public List<Cell> rest(byte[] record) {
    return keys.rest(record);
  }

  @Override
  public boolean gone(byte[] record) {
    return keys.gone(record);
  }

  @Override
  public boolean agree(byte[] a, byte[] b) {
    return keys.agree(a, b);
  }

  @Override
  public Changes changes(byte[] a, byte[] b) {
    return keys.changes(a, b);
  }

  /** Passes over what the template did not make. */
  private static final class Own implements RecordCursor {
    private final RecordCursor all;
    private final KeyTemplate template;
    private VarBinaryVector keys;
    private int row;

    Own(RecordCursor all, KeyTemplate template) {
      this.all = all;
      this.template = template;
    }

    @Override
    public long meet(LargeValue value) {
      return all.meet(value);
    }

    @Override
    public void over(RecordBatch batch) {
      all.over(batch);
      keys = (VarBinaryVector) batch.rows().getVector(KeyValues.KEY);
      row = 0;
    }

    @Override
    public boolean next() {
      while (all.next()) {
        if (template.couldMake(keys.get(row++))) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void encode() {
      all.encode();
    }

    @Override
    public long keyHash() {
      return all.keyHash();
    }

    @Override
    public long high() {
      return all.high();
    }

    @Override
    public long low() {
      return all.low();
    }

    @Override
    public byte[] bytes() {
      return all.bytes();
    }

    @Override
    public int from() {
      return all.from();
    }

    @Override
    public int size() {
      return all.size();
    }

    @Override
    public void close() {
      all.close();
    }
  }
}
