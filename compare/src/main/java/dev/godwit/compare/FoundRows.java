package dev.godwit.compare;

import dev.godwit.compare.Difference.Cell;
import dev.godwit.compare.Difference.Kind;
import java.util.ArrayList;
import java.util.List;

/** Makes differences of rows that are left open: rows of one key belong together. */
final class FoundRows {
  private final Pair pair;
  private final PairedRecords records;
  private final DifferenceSink sink;
  private long onlyInA;
  private long onlyInB;
  private long changed;
  private long settled;

  FoundRows(Pair pair, DifferenceSink sink) {
    this.pair = pair;
    this.records = pair.records();
    this.sink = sink;
  }

  /** A difference whose values are read only where it is wanted. */
  interface Found {
    /** The values that it is ordered by. */
    List<Object> order();

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
    while (records.keyed() && nextA < a.size() && nextB < b.size()) {
      Left left = a.get(nextA);
      Left right = b.get(nextB);
      long times = Math.min(left.times(), right.times());
      if (records.agree(open.bytes(left.place()), open.bytes(right.place()))) {
        settled += times;
      } else {
        changed += times;
        sink.take(new Changed(open, left.place(), right.place(), times));
      }
      a.set(nextA, new Left(left.place(), left.times() - times));
      b.set(nextB, new Left(right.place(), right.times() - times));
      nextA += left.times() == times ? 1 : 0;
      nextB += right.times() == times ? 1 : 0;
    }
    for (Left left : a.subList(nextA, a.size())) {
      onlyInA += oneSided(open, left, Kind.ONLY_IN_A);
    }
    for (Left left : b.subList(nextB, b.size())) {
      onlyInB += oneSided(open, left, Kind.ONLY_IN_B);
    }
  }

  private long oneSided(OpenRows open, Left left, Kind kind) {
    if (left.times() > 0 && records.gone(open.bytes(left.place()))) {
      settled += left.times();
      return 0;
    }
    sink.take(new OnOneSide(open, left, kind));
    return left.times();
  }

  /** Rows that differ in nothing that matters, such as one that has expired on one side. */
  long settled() {
    return settled;
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
    public List<Object> order() {
      return records.order(open.bytes(row.place()));
    }

    @Override
    public Difference difference() {
      byte[] record = open.bytes(row.place());
      List<Cell> rest = records.rest(record);
      return new Difference(
          pair.name(),
          kind,
          row.times(),
          records.key(record),
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
    public List<Object> order() {
      return records.order(open.bytes(ofA));
    }

    @Override
    public Difference difference() {
      byte[] left = open.bytes(ofA);
      PairedRecords.Changes changes = records.changes(left, open.bytes(ofB));
      return new Difference(
          pair.name(), Kind.CHANGED, times, records.key(left), changes.a(), changes.b());
    }
  }
}
