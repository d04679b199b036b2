package dev.godwit.mapping.document;

import dev.godwit.mapping.document.DocumentShape.Absence;
import dev.godwit.mapping.document.DocumentShape.ShapeField;
import dev.godwit.mapping.document.DocumentShape.ShapeType;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Learns the shape of a dataset from its documents. Memory is bounded: of the names at the top
 * level the first {@link #MOST} are followed, all others stay in the rest. Used by one thread; what
 * several have learned is put together by {@link #add}.
 */
public final class ShapeLearner {
  /** How many names are followed. */
  public static final int MOST = 500;

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

  /** Reads a partition to its end; closing it is the caller's. */
  public void learn(RecordReader reader) {
    try (LargeSpool spool = new LargeSpool()) {
      for (RecordItem item; (item = reader.next()) != null; ) {
        if (item instanceof LargeValue large) {
          spool.keep(large);
        } else {
          new RawDocuments((RecordBatch) item, spool)
              .each((row, bytes, from, to) -> meet(bytes, from, to));
          spool.clear();
        }
      }
    }
  }

  private void meet(byte[] bytes, int from, int to) {
    var ignored = elements.read(bytes, from, to);
    for (int i = 0; i < elements.count(); i++) {
      ShapeType type = type(elements, i);
      if (elements.isId(i)) {
        oddIds |= type == null;
        if (type != null) {
          ids.add(type);
        }
        continue;
      }
      int place = names.find(bytes, elements.name(i), elements.nameLength(i));
      if (place < 0 && names.size() < MOST) {
        int at = elements.name(i);
        place = names.add(java.util.Arrays.copyOfRange(bytes, at, at + elements.nameLength(i)));
        met.add(new Met());
      }
      if (place >= 0) {
        meet(met.get(place), elements.type(i), type);
      }
    }
    oddIds |= elements.id() < 0;
    documents++;
  }

  private void meet(Met field, int bson, ShapeType type) {
    field.odd |= field.last == documents; // twice in one document
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

  /** The type of a value; null where no column holds just such values. */
  static ShapeType type(Elements elements, int i) {
    return switch (elements.type(i)) {
      case BsonType.INT32 -> ShapeType.INT32;
      case BsonType.INT64 -> ShapeType.INT64;
      case BsonType.DOUBLE -> ShapeType.DOUBLE;
      case BsonType.DECIMAL -> ShapeType.DECIMAL;
      case BsonType.BOOLEAN -> ShapeType.BOOL;
      case BsonType.STRING -> ShapeType.STRING;
      case BsonType.DATE -> ShapeType.DATE;
      case BsonType.OBJECT_ID -> ShapeType.OBJECT_ID;
      case BsonType.BINARY ->
          switch (elements.bytes()[elements.value(i) + 4]) {
            case BsonType.GENERIC -> ShapeType.BINARY;
            case BsonType.UUID -> elements.int32(elements.value(i)) == 16 ? ShapeType.UUID : null;
            default -> null;
          };
      default -> null;
    };
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
      boolean missing = field.present < documents;
      boolean confused = missing && field.nulls > 0;
      Optional<ShapeType> type = common(field.types);
      if (!field.odd && !confused && type.isPresent() && !names.name(i).equals("document")) {
        Absence absence = field.nulls > 0 ? Absence.NULL : Absence.MISSING;
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
