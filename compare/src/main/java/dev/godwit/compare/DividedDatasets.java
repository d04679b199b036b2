package dev.godwit.compare;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.name.DatasetName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Parts of divided datasets whose records may rightly lie in other parts on the other side, as of a
 * PostgreSQL table that is divided by the hash of an enum: their pairs are set aside, and all parts
 * of one are held against all parts of the other at the end, as one dataset. Descriptions of such
 * parts are held until then.
 */
final class DividedDatasets {
  private final ComparedRun a;
  private final ComparedRun b;
  private final SideShapes shapes;
  private final Map<DatasetName, Parts> byNameInA = new LinkedHashMap<>();
  private final Map<DatasetName, Parts> byNameInB = new LinkedHashMap<>();
  private final List<Parts> divided = new ArrayList<>();

  DividedDatasets(ComparedRun a, ComparedRun b, SideShapes shapes) {
    this.a = a;
    this.b = b;
    this.shapes = shapes;
  }

  /** The pairs of the parts of one. */
  private record Parts(DatasetName name, List<Pair> pairs) {}

  /** Sets aside those pairs that are parts; gives the others. */
  List<Pair> without(List<Pair> pairs) {
    return pairs.stream().filter(pair -> !setAside(pair)).toList();
  }

  /** Whether it is one; it is enough that one side knows. */
  private boolean setAside(Pair pair) {
    Optional<DatasetName> ofA = within(pair.a());
    Optional<DatasetName> ofB = within(pair.b());
    if (ofA.isEmpty() && ofB.isEmpty()) {
      return false;
    }
    Parts parts =
        Stream.concat(ofA.map(byNameInA::get).stream(), ofB.map(byNameInB::get).stream())
            .findFirst()
            .orElseGet(() -> begin(ofA.map(a::relative).or(() -> ofB.map(b::relative)).get()));
    ofA.ifPresent(name -> byNameInA.put(name, parts));
    ofB.ifPresent(name -> byNameInB.put(name, parts));
    parts.pairs().add(pair);
    return true;
  }

  private static Optional<DatasetName> within(List<Dataset> datasets) {
    return datasets.stream().flatMap(dataset -> dataset.placedWithin().stream()).findFirst();
  }

  private Parts begin(DatasetName name) {
    Parts parts = new Parts(name, new ArrayList<>());
    divided.add(parts);
    return parts;
  }

  /** What was set aside, each divided dataset as one pair; as they were where that cannot be. */
  List<Pair> pairs() {
    return divided.stream().flatMap(parts -> together(parts).stream()).toList();
  }

  private List<Pair> together(Parts parts) {
    if (parts.pairs().size() == 1) {
      return parts.pairs();
    }
    List<Dataset> ofA = parts.pairs().stream().flatMap(pair -> pair.a().stream()).toList();
    List<Dataset> ofB = parts.pairs().stream().flatMap(pair -> pair.b().stream()).toList();
    boolean asTheyAre =
        parts.pairs().stream().allMatch(pair -> pair.records() instanceof PairedRows)
            && parts.pairs().stream()
                .allMatch(pair -> pair.mapped(Side.A).or(() -> pair.mapped(Side.B)).isEmpty());
    if (ofA.isEmpty() || ofB.isEmpty() || !asTheyAre || !alike(ofA) || !alike(ofB)) {
      return parts.pairs();
    }
    CommonRecords form =
        CommonRecords.of(ofA.get(0).named(parts.name()), ofB.get(0).named(parts.name()), shapes);
    return List.of(new Pair(parts.name(), ofA, ofB, form));
  }

  /** Whether all have the same columns, in whatever order. */
  private static boolean alike(List<Dataset> datasets) {
    return datasets.stream().map(DividedDatasets::columns).distinct().count() == 1;
  }

  private static Map<String, CommonForm> columns(Dataset dataset) {
    return dataset.schema().getFields().stream()
        .collect(Collectors.toMap(Field::getName, CommonForm::of));
  }
}
