package dev.godwit.compare;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.record.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * The columns that two datasets share, by name, in one order for both: those of the key first.
 *
 * @param names of the columns
 * @param inA their places in the batches of A
 * @param inB their places in the batches of B
 * @param keys how many of them are the key; 0 where there is none
 * @param differences what keeps the schemas from being the same: a column that only one side has,
 *     or whose values have no form in common
 */
record Alignment(
    List<String> names, List<Integer> inA, List<Integer> inB, int keys, List<String> differences) {

  /** Aligns the columns. */
  static Alignment of(Dataset a, Dataset b) {
    List<Field> fieldsA = a.schema().getFields();
    List<Field> fieldsB = b.schema().getFields();
    Map<String, Integer> placesB = new HashMap<>();
    for (int place = 0; place < fieldsB.size(); place++) {
      placesB.put(fieldsB.get(place).getName(), place);
    }
    Map<String, Integer> shared = new HashMap<>();
    List<String> order = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    for (int place = 0; place < fieldsA.size(); place++) {
      Field field = fieldsA.get(place);
      Integer other = placesB.remove(field.getName());
      if (other == null) {
        differences.add("column " + field.getName() + " is only in A");
      } else if (!CommonForm.of(field).equals(CommonForm.of(fieldsB.get(other)))) {
        differences.add(
            "column %s cannot be compared: %s in A, %s in B"
                .formatted(field.getName(), type(field), type(fieldsB.get(other))));
      } else {
        shared.put(field.getName(), place);
        order.add(field.getName());
      }
    }
    placesB.keySet().stream()
        .sorted()
        .forEach(c -> differences.add("column " + c + " is only in B"));
    List<String> key = key(a, b, order);
    List<String> names = new ArrayList<>(key);
    order.stream().filter(name -> !key.contains(name)).forEach(names::add);
    Map<String, Integer> all = new HashMap<>();
    for (int place = 0; place < fieldsB.size(); place++) {
      all.put(fieldsB.get(place).getName(), place);
    }
    return new Alignment(
        List.copyOf(names),
        names.stream().map(shared::get).toList(),
        names.stream().map(all::get).toList(),
        key.size(),
        List.copyOf(differences));
  }

  /** The key of A, else that of B, where both sides have all its columns. */
  private static List<String> key(Dataset a, Dataset b, List<String> shared) {
    if (!a.key().isEmpty() && shared.containsAll(a.key())) {
      return a.key();
    }
    return shared.containsAll(b.key()) ? b.key() : List.of();
  }

  private static String type(Field field) {
    return Fields.nativeType(field).orElse(field.getType().toString());
  }

  /** The same columns, where a side has them in other places: those of another dataset of it. */
  Alignment in(Side side, Dataset dataset) {
    List<String> there = dataset.schema().getFields().stream().map(Field::getName).toList();
    List<Integer> places = names.stream().map(there::indexOf).toList();
    return side == Side.A
        ? new Alignment(names, places, inB, keys, differences)
        : new Alignment(names, inA, places, keys, differences);
  }

  int[] places(Side side) {
    return (side == Side.A ? inA : inB).stream().mapToInt(Integer::intValue).toArray();
  }
}
