package dev.godwit.mapping.document;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Dataset.Index;
import dev.godwit.spi.dataset.Dataset.Reference;
import dev.godwit.spi.record.FieldKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which indexes and references of rows hold for their documents. An index of a document store goes
 * by each element of an array: so it cannot be unique over one, and cannot hold two. A field whose
 * name has a dot, or a dollar first, cannot be named in an index.
 *
 * @param indexes those that can be made, by their paths in the document
 * @param references likewise
 * @param notes what becomes of the others, by column
 * @see <a href="https://www.mongodb.com/docs/manual/core/indexes/index-types/index-multikey/">
 *     Multikey indexes</a>
 */
record DocumentIndexes(List<Index> indexes, List<Reference> references, Map<String, String> notes) {

  static DocumentIndexes of(Dataset rows, DocumentLayout layout) {
    List<Index> indexes = new ArrayList<>();
    List<Reference> references = new ArrayList<>();
    Map<String, String> notes = new HashMap<>();
    for (Index index : rows.indexes()) {
      Optional<String> unnamed =
          index.columns().stream().filter(c -> !layout.indexable(c, rows)).findFirst();
      List<String> arrays = index.columns().stream().filter(c -> mayBeArray(c, rows)).toList();
      if (unnamed.isPresent()) {
        note(notes, unnamed.get(), "no index can name it");
      } else if (arrays.size() > 1) {
        note(notes, arrays.get(0), "no index can hold two arrays");
      } else {
        boolean unique = index.unique() && arrays.isEmpty();
        if (unique != index.unique()) {
          note(notes, arrays.get(0), "its index is not unique");
        }
        indexes.add(new Index(index.name(), layout.paths(index.columns(), rows), unique));
      }
    }
    for (Reference reference : rows.references()) {
      for (String column : reference.columns()) {
        note(notes, column, "no reference to " + reference.target().last() + ", an index");
      }
      boolean indexable =
          reference.columns().stream()
              .allMatch(c -> layout.indexable(c, rows) && !mayBeArray(c, rows));
      if (indexable) {
        references.add(
            new Reference(
                reference.name(),
                layout.paths(reference.columns(), rows),
                reference.target(),
                reference.targetColumns()));
      }
    }
    return new DocumentIndexes(List.copyOf(indexes), List.copyOf(references), Map.copyOf(notes));
  }

  private static void note(Map<String, String> notes, String column, String note) {
    notes.merge(column, note, (one, other) -> one.contains(other) ? one : one + "; " + other);
  }

  private static boolean mayBeArray(String column, Dataset rows) {
    return rows.schema().getFields().stream()
        .filter(f -> f.getName().equals(column))
        .anyMatch(
            f ->
                switch (FieldKind.of(f)) {
                  case LIST, MAP, JSON -> true;
                  default -> false;
                });
  }
}
