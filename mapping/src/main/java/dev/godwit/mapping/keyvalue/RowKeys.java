package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.Losses;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarBinaryVector;

/** Makes keys with values of one partition's rows. Used by one thread. */
final class RowKeys implements KeyedRecords {
  private final Partition partition;
  private final RowForm form;
  private final KeyHead head;
  private final RowNames names;
  private final RowKey key;
  private final Losses losses;
  private final int[] order;
  private final byte[][] heads;
  private final CellText[] cells;
  private final FieldVector[] vectors;
  private Object bound;
  private RecordBatch batch;
  private LargeSpool spool;

  /**
   * Makes what a layout says.
   *
   * @param head that all of them have
   * @param keyOfSource places of the columns that name a row, for people
   */
  RowKeys(
      Partition partition,
      RowForm form,
      KeyHead head,
      RowLayout layout,
      KeyColumns columns,
      List<Integer> keyOfSource,
      Losses losses) {
    this.partition = partition;
    this.form = form;
    this.head = head;
    this.names = new RowNames(partition, keyOfSource);
    this.key = new RowKey(columns, names);
    this.losses = losses;
    List<Integer> places = form.order(layout.names());
    this.order = places.stream().mapToInt(Integer::intValue).toArray();
    this.heads = places.stream().map(p -> head(form, layout.names().get(p))).toArray(byte[][]::new);
    this.cells = new CellText[order.length];
    this.vectors = new FieldVector[order.length];
  }

  private static byte[] head(RowForm form, String name) {
    GrowingBytes out = new GrowingBytes(1 << 8);
    form.name(name.getBytes(java.nio.charset.StandardCharsets.UTF_8), out);
    return java.util.Arrays.copyOf(out.array(), out.size());
  }

  @Override
  public void over(RecordBatch next, LargeSpool large) {
    batch = next;
    spool = large;
    names.over(next.rows());
    key.over(next);
    if (next.rows() != bound) { // readers fill the same vectors again
      for (int i = 0; i < order.length; i++) {
        vectors[i] = next.rows().getVector(order[i]);
        cells[i] = form.cell(vectors[i]);
      }
      bound = next.rows();
    }
  }

  @Override
  public void key(int row, GrowingBytes out) {
    key.write(row, out);
  }

  @Override
  public KeyHead head(int row) {
    return head;
  }

  @Override
  public void value(int row, GrowingBytes out) {
    form.open(out);
    int first = out.size();
    for (int i = 0; i < order.length; i++) {
      boolean there = BitVectorHelper.get(vectors[i].getValidityBuffer(), row) != 0;
      Misfit misfit = there || batch.misfits().isEmpty() ? null : batch.misfitAt(row, order[i]);
      if (there || misfit != null || form.writesNulls()) {
        begin(i, out.size() > first, out);
        cell(i, row, there, misfit, out);
        form.after(out);
      }
    }
    form.close(out);
  }

  private void begin(int i, boolean further, GrowingBytes out) {
    if (further) {
      out.int1(',');
    }
    out.ascii(heads[i]);
  }

  private void cell(int i, int row, boolean there, Misfit misfit, GrowingBytes out) {
    if (there) {
      cells[i].write(row, out);
    } else if (misfit != null) {
      form.misfit(misfit.bytes(), out).ifPresent(why -> lost(i, row, why));
    } else {
      out.ascii(RowForm.NULL);
    }
  }

  private void lost(int i, int row, String why) {
    losses.lost(partition.dataset(), vectors[i].getName(), names.of(row), why);
  }

  @Override
  public Optional<InputStream> large(int row) throws IOException {
    if (!holdsLarge(row)) {
      return Optional.empty();
    }
    Streams parts = new Streams();
    GrowingBytes out = new GrowingBytes();
    form.open(out);
    boolean further = false;
    for (int i = 0; i < order.length; i++) {
      boolean there = !vectors[i].isNull(row);
      Misfit misfit = there ? null : batch.misfitAt(row, order[i]);
      LargeReference large = there || isNested(i) ? null : batch.largeAt(row, order[i]);
      if (there || misfit != null || large != null || form.writesNulls()) {
        begin(i, further, out);
        if (large == null) {
          cell(i, row, there, misfit, out);
        } else {
          parts.add(out);
          form.large(
              FieldKind.of(vectors[i].getField()),
              vectors[i] instanceof VarBinaryVector,
              parts,
              () -> spool.open(large));
        }
        form.after(out);
        further = true;
      }
    }
    form.close(out);
    parts.add(out);
    return Optional.of(parts.together());
  }

  /**
   * Whether a row has large values to stream. One that is made of values comes in the binary form
   * of its engine, which nobody else reads: it is lost.
   */
  private boolean holdsLarge(int row) {
    boolean held = false;
    for (int i = 0; i < order.length; i++) {
      boolean large = batch.largeAt(row, order[i]) != null;
      held |= large && !isNested(i);
      if (large && isNested(i)) {
        String kind = FieldKind.of(vectors[i].getField()).name().toLowerCase(Locale.ROOT);
        lost(i, row, "a " + kind + " of more than 8 MiB");
      }
    }
    return held;
  }

  private boolean isNested(int i) {
    FieldKind kind = FieldKind.of(vectors[i].getField());
    return kind == FieldKind.LIST || kind == FieldKind.STRUCT || kind == FieldKind.MAP;
  }

  @Override
  public void end() {
    names.end();
  }
}
