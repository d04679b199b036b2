package dev.godwit.compare;

import dev.godwit.compare.Difference.Cell;
import dev.godwit.compare.Difference.Kind;
import dev.godwit.transfer.hash.RowValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes differences of rows that are left open: rows of one key belong together. */
final class FoundRows {
  private final Pair pair;
  private final DifferenceSink sink;
  private long onlyInA;
  private long onlyInB;
  private long changed;

  FoundRows(Pair pair, DifferenceSink sink) {
    this.pair = pair;
    this.sink = sink;
  }

  /** A difference whose values are read only where it is wanted. */
  interface Found {
    /** The values that it is ordered by. */
    List<Object> key();

    Difference difference();
  }

  /** Takes what is found. */
  @FunctionalInterface
  interface DifferenceSink {
    void take(Found found);
  }

  /** A row at a place of the table, so many times. */
  private record Left(int place, long times) {}

  void take(OpenRows open) {
    for (int place = 0; place < open.places(); place++) {
      if (open.count(place) != 0 && open.firstOfKey(place)) {
        takeKey(open, place);
      }
    }
  }

  private void takeKey(OpenRows open, int first) {
    List<Left> a = new ArrayList<>();
    List<Left> b = new ArrayList<>();
    for (int place = first; place >= 0; place = open.nextOfKey(place)) {
      long count = open.count(place);
      (count > 0 ? a : b).add(new Left(place, Math.abs(count)));
    }
    int nextA = 0;
    int nextB = 0;
    while (pair.columns().keys() > 0 && nextA < a.size() && nextB < b.size()) {
      Left left = a.get(nextA);
      Left right = b.get(nextB);
      long times = Math.min(left.times(), right.times());
      changed += times;
      sink.take(new Changed(open, left.place(), right.place(), times));
      a.set(nextA, new Left(left.place(), left.times() - times));
      b.set(nextB, new Left(right.place(), right.times() - times));
      nextA += left.times() == times ? 1 : 0;
      nextB += right.times() == times ? 1 : 0;
    }
    for (Left left : a.subList(nextA, a.size())) {
      onlyInA += left.times();
      sink.take(new OnOneSide(open, left, Kind.ONLY_IN_A));
    }
    for (Left left : b.subList(nextB, b.size())) {
      onlyInB += left.times();
      sink.take(new OnOneSide(open, left, Kind.ONLY_IN_B));
    }
  }

  long onlyInA() {
    return onlyInA;
  }

  long onlyInB() {
    return onlyInB;
  }

  long changed() {
    return changed;
  }

  private List<Object> values(OpenRows open, int place, int count) {
    return RowValues.of(open.bytes(place), count);
  }

  private int columns() {
    return pair.columns().names().size();
  }

  private List<Cell> cells(List<Object> values, int from, int to) {
    List<Cell> cells = new ArrayList<>();
    for (int i = from; i < to; i++) {
      cells.add(new Cell(pair.columns().names().get(i), values.get(i)));
    }
    return cells;
  }

  private final class OnOneSide implements Found {
    private final OpenRows open;
    private final Left row;
    private final Kind kind;

    OnOneSide(OpenRows open, Left row, Kind kind) {
      this.open = open;
      this.row = row;
      this.kind = kind;
    }

    @Override
    public List<Object> key() {
      int keys = pair.columns().keys();
      return values(open, row.place(), keys == 0 ? columns() : keys);
    }

    @Override
    public Difference difference() {
      List<Object> values = values(open, row.place(), columns());
      int keys = pair.columns().keys();
      List<Cell> rest = cells(values, keys, columns());
      return new Difference(
          pair.name(),
          kind,
          row.times(),
          cells(values, 0, keys),
          kind == Kind.ONLY_IN_A ? rest : List.of(),
          kind == Kind.ONLY_IN_B ? rest : List.of());
    }
  }

  private final class Changed implements Found {
    private final OpenRows open;
    private final int ofA;
    private final int ofB;
    private final long times;

    Changed(OpenRows open, int ofA, int ofB, long times) {
      this.open = open;
      this.ofA = ofA;
      this.ofB = ofB;
      this.times = times;
    }

    @Override
    public List<Object> key() {
      return values(open, ofA, pair.columns().keys());
    }

    @Override
    public Difference difference() {
      List<Object> left = values(open, ofA, columns());
      List<Object> right = values(open, ofB, columns());
      List<Cell> a = new ArrayList<>();
      List<Cell> b = new ArrayList<>();
      int keys = pair.columns().keys();
      for (int i = keys; i < columns(); i++) {
        if (!Objects.equals(left.get(i), right.get(i))) {
          a.add(new Cell(pair.columns().names().get(i), left.get(i)));
          b.add(new Cell(pair.columns().names().get(i), right.get(i)));
        }
      }
      return new Difference(pair.name(), Kind.CHANGED, times, cells(left, 0, keys), a, b);
    }
  }
}
