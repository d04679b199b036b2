package dev.godwit.testkit.contract;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.extract.Reading;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.extract.RecordStream;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.testkit.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One test of a loader: the sample open for reading, a target to be loaded and looked at. */
final class LoadScene implements AutoCloseable {
  private final LoaderGiven given;
  private final ContractRun surroundings = new ContractRun();
  private final Extractor extractor;
  private final ExtractRun run;

  LoadScene(LoaderGiven given) {
    this.given = given;
    this.extractor = sample();
    this.run = begin(extractor);
  }

  private Extractor sample() {
    return surroundings.extractor(given.reader(), given.sample().uri(), given.sample().password());
  }

  private static ExtractRun begin(Extractor extractor) {
    return extractor.begin(new ExtractRequest(extractor.sources().get(0), DatasetFilter.ALL));
  }

  ContractRun surroundings() {
    return surroundings;
  }

  Loader loader(String target) {
    return surroundings.loader(given.provider(), target, given.sample().password());
  }

  LoadPlan plan(boolean resume) {
    return plan("contract-plan", Renames.NONE, false, resume);
  }

  LoadPlan plan(String id, Renames renames, boolean create, boolean resume) {
    return new LoadPlan(id, extractor.info(), run.catalogue(), renames, create, resume);
  }

  List<Dataset> datasets() {
    return Pass.datasets(run);
  }

  /** Every slice of the sample: partitions, or whole datasets where it has none. */
  List<Slice> slices() {
    List<Slice> slices = new ArrayList<>();
    for (Dataset dataset : datasets()) {
      if (run.reading() instanceof Reading.Partitioned reading) {
        Pass.partitions(reading, dataset).forEach(p -> slices.add(new Slice(dataset, p)));
      } else {
        slices.add(new Slice(dataset, Partition.whole(dataset.name())));
      }
    }
    return slices;
  }

  /** A dataset and one of its partitions. */
  record Slice(Dataset dataset, Partition partition) {}

  /** Pushes a slice, or as many of its items as the predicate lets through, and commits nothing. */
  void push(Slice slice, RecordWriter writer, Predicate<RecordItem> wanted) {
    if (run.reading() instanceof Reading.Partitioned reading) {
      try (RecordReader reader = reading.open(slice.dataset(), slice.partition())) {
        for (RecordItem item; (item = reader.next()) != null && wanted.test(item); ) {
          writer.write(item);
        }
      }
      return;
    }
    try (Extractor again = sample(); // a run is streamed once
        ExtractRun other = begin(again);
        RecordStream stream = ((Reading.OnePass) other.reading()).open()) {
      for (RecordStream.Entry entry; (entry = stream.next()) != null; ) {
        if (entry.dataset().name().equals(slice.dataset().name())) {
          if (!wanted.test(entry.item())) {
            return;
          }
          writer.write(entry.item());
        }
      }
    }
  }

  RecordWriter.Commit load(LoadRun load, Slice slice) {
    try (RecordWriter writer = load.open(slice.dataset(), slice.partition())) {
      push(slice, writer, item -> true);
      return writer.commit();
    }
  }

  /** Loads all that the run does not hold yet. */
  void loadRest(LoadRun load) {
    datasets().forEach(load::prepare);
    slices().stream().filter(s -> !load.holds(s.partition())).forEach(s -> load(load, s));
  }

  void finish(LoadRun load) {
    for (LoadRun.Stage stage : stages(load)) {
      stage.steps().forEach(step -> step.work().run());
    }
    load.complete();
  }

  List<LoadRun.Stage> stages(LoadRun load) {
    try (Extractor again = sample(); // the run of this scene is read on after this
        ExtractRun other = begin(again)) {
      return load.finish(other.conclude());
    }
  }

  /** What the sample holds, by the names that the target gives it. */
  Map<DatasetName, Map<Row, Integer>> expected(String target) {
    Map<DatasetName, Map<Row, Integer>> rows = new TreeMap<>();
    try (Extractor again = sample();
        ExtractRun other = begin(again)) {
      Pass.rows(other).forEach((name, found) -> rows.put(given.inTarget(target, name), found));
    }
    return rows;
  }

  /** What lies in the target; empty where it has no datasets. */
  Map<DatasetName, Map<Row, Integer>> found(String target) {
    if (!given.isThere(target)) {
      return new TreeMap<>();
    }
    try (Extractor reader =
            surroundings.extractor(given.reader(), target, given.sample().password());
        ExtractRun read = begin(reader)) {
      return Pass.rows(read);
    }
  }

  /** Kinds and last names of the definitions of the sample, or of a target. */
  List<String> definitions() {
    return definitions(run);
  }

  List<String> definitions(String target) {
    if (!given.isThere(target)) {
      return List.of();
    }
    try (Extractor reader =
            surroundings.extractor(given.reader(), target, given.sample().password());
        ExtractRun read = begin(reader)) {
      return definitions(read);
    }
  }

  private static List<String> definitions(ExtractRun run) {
    try (Stream<SchemaObject> objects = run.catalogue().objects()) {
      return objects.map(o -> o.kind() + " " + o.name().last()).sorted().toList();
    }
  }

  @Override
  public void close() {
    run.close();
    extractor.close();
    surroundings.close();
  }
}
