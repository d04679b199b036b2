package dev.godwit.mapping.document;

import dev.godwit.mapping.bytes.Digits;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.document.DocumentShape.Absence;
import dev.godwit.mapping.document.DocumentShape.ShapeField;
import dev.godwit.mapping.document.RowLosses.FieldLosses;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Puts the documents of one partition into columns. Used by one thread. */
final class DocumentRows {
  /**
   * What {@code jsonb} holds at most in one object, about: 256 MB (its {@code JENTRY_OFFLENMASK}).
   */
  private static final int GREATEST = 0x0FFF_FFFF;

  private final RowLayout layout;
  private final boolean keyed;
  private final RowLosses losses;
  private final NameTable names = new NameTable();
  private final List<RowColumn> columns = new ArrayList<>();
  private final List<FieldLosses> lossesOf = new ArrayList<>();
  private final VariableColumn rest;
  private final JsonbText json;
  private final Elements elements = new Elements();
  private final int[] filled;
  private boolean[] without = new boolean[64];

  DocumentRows(RowLayout layout, boolean keyed, RowLosses losses) {
    this.layout = layout;
    this.keyed = keyed;
    this.losses = losses;
    FieldLosses ofId = losses.of(DocumentsToRows.ID);
    columns.add(layout.id().map(type -> Cells.of(type, ofId)).orElseGet(Cells::ids));
    lossesOf.add(ofId);
    for (ShapeField field : layout.shared()) {
      var ignored = names.add(field.name());
      FieldLosses of = losses.of(field.name());
      lossesOf.add(of);
      columns.add(Cells.of(field.type(), of));
    }
    FieldLosses ofRest = losses.of(DocumentsToRows.DOCUMENT);
    json = new JsonbText(ofRest);
    rest = new VariableColumn((of, i, out) -> false);
    lossesOf.add(ofRest);
    columns.add(rest);
    filled = new int[columns.size()];
    losses.keys(row -> id());
  }

  /** The columns, in their order. */
  List<RowColumn> columns() {
    return columns;
  }

  /**
   * Puts a document into a row.
   *
   * @throws IllegalArgumentException if it is none
   */
  void put(byte[] bytes, int from, int to, int row) {
    elements.read(bytes, from, to);
    losses.at(row);
    if (without.length < elements.count()) {
      without = new boolean[elements.count() * 2];
    }
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).at(row);
      filled[i] = -1;
    }
    takeId();
    for (int i = 0; i < elements.count(); i++) {
      if (i != filled[0]) {
        without[i] = take(i);
      }
    }
    meetMissing();
    rest();
  }

  private void takeId() {
    int id = elements.id();
    filled[0] = id;
    if (id < 0) {
      if (keyed) {
        throw new IllegalArgumentException("it has no _id");
      }
      return;
    }
    boolean held =
        layout.id().map(type -> ShapeTypes.holds(type, elements, id)).orElse(true)
            && columns.get(0).take(elements, id);
    if (!held) {
      throw new IllegalArgumentException("its _id is of another type than all were that were met");
    }
    without[id] = true;
  }

  /** Whether an element stands in a column. */
  private boolean take(int i) {
    int place = names.find(elements.bytes(), elements.name(i), elements.nameLength(i));
    if (place < 0) {
      return false;
    }
    RowColumn column = columns.get(place + 1);
    int before = filled[place + 1];
    filled[place + 1] = i;
    if (before >= 0) {
      lost(place + 1, "the name comes twice in a document, and the last holds");
      column.none();
      without[before] = true;
    }
    boolean none = elements.type(i) == BsonType.NULL;
    return none ? layout.shared().get(place).absence() == Absence.NULL : column.take(elements, i);
  }

  /** A document may have changed since the shape was learned. */
  private void meetMissing() {
    for (int place = 0; place < layout.shared().size(); place++) {
      if (filled[place + 1] < 0 && layout.shared().get(place).absence() == Absence.NULL) {
        lost(place + 1, "it is missing, where every document had it at first, and becomes null");
      }
    }
  }

  private void rest() {
    GrowingBytes out = rest.out();
    int start = out.size();
    json.document(elements, without, out);
    if (out.size() - start > GREATEST) {
      lost(columns.size() - 1, "it has more than 256 MB as JSON");
      out.cutTo(start);
      out.ascii(Digits.ascii("{}"));
    }
    rest.there();
  }

  private void lost(int column, String why) {
    var ignored = lossesOf.get(column).lost(why);
  }

  /** The {@code _id} of the document, for people. */
  private String id() {
    int id = elements.id();
    if (id < 0) {
      return "";
    }
    GrowingBytes text = new GrowingBytes(1 << 8);
    new IdText().write(elements, id, text);
    return "_id=" + new String(text.array(), 0, text.size(), StandardCharsets.UTF_8);
  }
}
