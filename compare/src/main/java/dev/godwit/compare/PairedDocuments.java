package dev.godwit.compare;

import dev.godwit.compare.Difference.Cell;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Documents, paired by their {@code _id}. Two are the same where their bytes are: types of numbers
 * and the order of fields count, since a document store keeps both, and finds by both.
 *
 * @param name of the dataset
 * @param byId whether their {@code _id} is one of the data; else it was made up for them, says
 *     nothing, and is left out
 */
record PairedDocuments(DatasetName name, boolean byId) implements PairedRecords {
  private static final String ID = "_id";

  @Override
  public RecordCursor cursor(Side side) {
    return new DocumentCursor(name, byId);
  }

  @Override
  public boolean keyed() {
    return byId;
  }

  @Override
  public List<String> differences() {
    return List.of();
  }

  @Override
  public List<Object> order(byte[] record) {
    return List.of(
        id(DocumentFields.of(record))
            .map(DocumentFields.Field::comparable)
            .orElseGet(() -> DocumentFields.text(record)));
  }

  @Override
  public List<Cell> key(byte[] record) {
    return id(DocumentFields.of(record))
        .map(id -> List.of(new Cell(ID, id.json())))
        .orElse(List.of());
  }

  private Optional<DocumentFields.Field> id(DocumentFields fields) {
    return fields.all().stream().filter(f -> byId && f.name().equals(ID)).findFirst();
  }

  @Override
  public List<Cell> rest(byte[] record) {
    return DocumentFields.of(record).all().stream()
        .filter(field -> !(byId && field.name().equals(ID)))
        .map(field -> new Cell(field.name(), field.json()))
        .toList();
  }

  @Override
  public Changes changes(byte[] left, byte[] right) {
    DocumentFields ofA = DocumentFields.of(left);
    DocumentFields ofB = DocumentFields.of(right);
    List<Cell> a = new ArrayList<>();
    List<Cell> b = new ArrayList<>();
    List<DocumentFields.Field> others = new ArrayList<>(ofB.all());
    for (DocumentFields.Field field : ofA.all()) {
      Optional<DocumentFields.Field> other =
          others.stream().filter(f -> f.name().equals(field.name())).findFirst();
      other.ifPresent(others::remove);
      if (other.isEmpty()) {
        a.add(new Cell(field.name(), field.json()));
        b.add(new Cell(field.name(), Absent.FIELD));
      } else if (!field.sameAs(other.get())) {
        boolean alike = field.json().equals(other.get().json());
        a.add(new Cell(field.name(), alike ? field.exactly() : field.json()));
        b.add(new Cell(field.name(), alike ? other.get().exactly() : other.get().json()));
      }
    }
    for (DocumentFields.Field field : others) {
      a.add(new Cell(field.name(), Absent.FIELD));
      b.add(new Cell(field.name(), field.json()));
    }
    if (a.isEmpty()) {
      a.add(new Cell("the order of fields", ofA.names()));
      b.add(new Cell("the order of fields", ofB.names()));
    }
    return new Changes(a, b);
  }
}
