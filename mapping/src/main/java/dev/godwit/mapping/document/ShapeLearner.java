package dev.godwit.mapping.document;

import dev.godwit.mapping.bytes.Utf8;
import dev.godwit.mapping.document.DocumentShape.Absence;
import dev.godwit.mapping.document.DocumentShape.ShapeField;
import dev.godwit.mapping.document.DocumentShape.ShapeType;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Learns the shape of a dataset from its documents. Memory is bounded: of the names at the top
 * level the first {@link #MOST} are followed, all others stay in the rest, as do those that few
 * stores could call a column. Used by one thread; what several have learned is put together by
 * {@link #add}.
 */
public final class ShapeLearner {
  /**
   * How many names are followed. A row of PostgreSQL, which lies in one page of 8 KiB, has room for
   * so many values that are kept aside, at 18 bytes each.
   */
  public static final int MOST = 400;

  /** Bytes of the longest name that is followed: what PostgreSQL calls a column at most. */
  private static final int LONGEST = 63;

  private final NameTable names = new NameTable();
  private final List<Met> met = new ArrayList<>();
  private final Set<ShapeType> ids = EnumSet.noneOf(ShapeType.class);
  private final Elements elements = new Elements();
  private boolean oddIds;
  private long documents;

  /** What was met of one field. */
  private static final class Met {
    private final Set<ShapeType> types = EnumSet.noneOf(ShapeType.class);
    private boolean odd;
    private long present;
    private long nulls;
    private long last = -1;
  }

  /**
   * Reads a partition to its end; closing it is the caller's.
   *
   * @throws IllegalArgumentException where a document is none
   */
  public void learn(RecordReader reader, Cancellation cancellation) {
    RawDocuments raw = new RawDocuments();
    try (LargeSpool spool = new LargeSpool()) {
      for (RecordItem item; (item = reader.next()) != null; ) {
        cancellation.check();
        if (item instanceof LargeValue large) {
          spool.keep(large);
          continue;
        }
        RecordBatch batch = (RecordBatch) item;
        raw.over(batch, spool);
        for (int row = 0; row < batch.rowCount(); row++) {
          raw.at(row);
          meet(raw.bytes(), raw.from(), raw.to());
        }
        spool.clear();
      }
    }
  }

  private void meet(byte[] bytes, int from, int to) {
    elements.read(bytes, from, to);
    int id = elements.id();
    for (int i = 0; i < elements.count(); i++) {
      ShapeType type = ShapeTypes.of(elements, i);
      if (elements.isId(i)) {
        boolean held = i == id && type != null && ShapeTypes.holds(type, elements, i);
        oddIds |= !held;
        if (held) {
          ids.add(type);
        }
        continue;
      }
      int place = names.find(bytes, elements.name(i), elements.nameLength(i));
      if (place < 0 && names.size() < MOST && isPlain(elements, i)) {
        int at = elements.name(i);
        place = names.add(Arrays.copyOfRange(bytes, at, at + elements.nameLength(i)));
        met.add(new Met());
      }
      if (place >= 0) {
        meet(met.get(place), elements.type(i), type);
      }
    }
    oddIds |= id < 0;
    documents++;
  }

  private static boolean isPlain(Elements elements, int i) {
    int length = elements.nameLength(i);
    return length > 0
        && length <= LONGEST
        && Utf8.isValid(elements.bytes(), elements.name(i), elements.name(i) + length);
  }

  private void meet(Met field, int bson, ShapeType type) {
    if (field.last == documents) {
      field.odd = true; // twice in one document
      return;
    }
    field.last = documents;
    field.present++;
    if (bson == BsonType.NULL) {
      field.nulls++;
    } else if (type == null) {
      field.odd = true;
    } else {
      field.types.add(type);
    }
  }

  /** Adds what another learned of other documents of the dataset. */
  public void add(ShapeLearner other) {
    for (int i = 0; i < other.met.size(); i++) {
      byte[] name = Names.utf8(other.names.name(i));
      int place = names.find(name, 0, name.length);
      if (place < 0 && names.size() < MOST) {
        place = names.add(name);
        met.add(new Met());
      }
      if (place >= 0) {
        Met field = met.get(place);
        Met more = other.met.get(i);
        field.types.addAll(more.types);
        field.odd |= more.odd;
        field.present += more.present;
        field.nulls += more.nulls;
      }
    }
    ids.addAll(other.ids);
    oddIds |= other.oddIds;
    documents += other.documents;
  }

  /** What all documents so far have in common. */
  public DocumentShape shape() {
    List<ShapeField> fields = new ArrayList<>();
    for (int i = 0; i < met.size(); i++) {
      Met field = met.get(i);
      Optional<ShapeType> type = common(field.types);
      if (!field.odd && type.isPresent() && !names.name(i).equals(DocumentsToRows.DOCUMENT)) {
        boolean everywhere = field.present == documents;
        Absence absence = everywhere && field.nulls > 0 ? Absence.NULL : Absence.MISSING;
        fields.add(new ShapeField(names.name(i), type.get(), absence));
      }
    }
    return new DocumentShape(oddIds ? Optional.empty() : common(ids), fields);
  }

  private static Optional<ShapeType> common(Set<ShapeType> types) {
    if (types.equals(EnumSet.of(ShapeType.INT32, ShapeType.INT64))) {
      return Optional.of(ShapeType.INT64);
    }
    return types.size() == 1 ? Optional.of(types.iterator().next()) : Optional.empty();
  }
}
