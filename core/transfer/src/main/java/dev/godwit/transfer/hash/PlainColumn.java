package dev.godwit.transfer.hash;

/** Values of any type, encoded one by one: of a size that is bounded, or known once they are. */
final class PlainColumn {
  private PlainColumn() {}

  /**
   * A column.
   *
   * @param most what a value takes at most
   */
  static Column bounded(Cell cell, int most) {
    return new Bounded(cell, most);
  }

  /** A column whose values may take any length. */
  static Column any(Cell cell) {
    return new Any(cell);
  }

  private static final class Bounded implements Column {
    private final Cell cell;
    private final int size;
    private int first;

    Bounded(Cell cell, int size) {
      this.cell = cell;
      this.size = size;
    }

    @Override
    public int measure(int from, int count, int[] most) {
      first = from;
      return size;
    }

    @Override
    public void encode(int count, RowBytes out, int[] at) {
      for (int row = 0; row < count; row++) {
        at[row] = out.at(at[row], first + row, cell);
      }
    }
  }

  private static final class Any implements Column {
    private final Cell cell;
    private final RowBytes aside = new RowBytes();
    private int[] ends = {};

    Any(Cell cell) {
      this.cell = cell;
    }

    @Override
    public int measure(int from, int count, int[] most) {
      ends = ends.length < count ? new int[count] : ends;
      aside.reset();
      int before = 0;
      for (int row = 0; row < count; row++) {
        cell.encode(from + row, aside);
        ends[row] = aside.size();
        most[row] = Math.addExact(most[row], ends[row] - before);
        before = ends[row];
      }
      return 0;
    }

    @Override
    public void encode(int count, RowBytes out, int[] at) {
      int before = 0;
      for (int row = 0; row < count; row++) {
        int length = ends[row] - before;
        System.arraycopy(aside.array(), before, out.array(), at[row], length);
        at[row] += length;
        before = ends[row];
      }
    }
  }
}
