package dev.godwit.mapping.run;

import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.mask.ColumnMask;
import dev.godwit.mapping.mask.MaskChoice;
import dev.godwit.mapping.mask.MaskKind;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.FieldKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;

/** Holds what a user wants of a mapping against the datasets that there are. */
final class MappingCheck {
  private final MappingRequest request;
  private final Divided divided;
  private final Heirs heirs;
  private final boolean rows;
  private final List<MaskChoice> unmetMasks;
  private final OverruledMasks overruled;
  private final List<DatasetChoice> unmetChoices;
  private final Optional<KeyCheck> keys;
  private final MaskedReferences maskedReferences = new MaskedReferences();
  private final TreeSet<String> columns = new TreeSet<>();
  private boolean documents;
  private boolean flattened;

  /**
   * A check.
   *
   * @param rows whether the target is a store of rows
   * @param keyedAs what records become where the target is a store of keys of another engine
   */
  MappingCheck(
      MappingRequest request,
      Divided divided,
      Heirs heirs,
      boolean rows,
      Optional<String> keyedAs) {
    this.rows = rows;
    this.keys =
        keyedAs.isPresent() || !request.keys().isEmpty()
            ? Optional.of(new KeyCheck(request, keyedAs))
            : Optional.empty();
    this.request = request;
    this.divided = divided;
    this.heirs = heirs;
    this.unmetMasks = new ArrayList<>(request.masks().choices());
    this.overruled = new OverruledMasks(request.masks());
    // What is left out whole is not in the run any more.
    this.unmetChoices =
        new ArrayList<>(request.choices().stream().filter(choice -> !choice.skip()).toList());
  }

  /** Goes through all datasets, where anything can be wrong; the mark of the mapping. */
  String mark(Mapping mapping) {
    if (request.plain() && keys.isEmpty()) {
      return "";
    }
    List<String> changes = new ArrayList<>();
    try (Stream<MappedDataset> datasets = mapping.datasets()) {
      datasets.forEach(
          dataset -> {
            meet(dataset);
            flattened |= rows && Conversions.isDocuments(dataset.source());
            if (!dataset.changes().isEmpty()) {
              changes.add(dataset.changes());
            }
          });
    }
    checkMet();
    keys.ifPresent(KeyCheck::end);
    String keyMark = keys.map(KeyCheck::mark).orElse("");
    if (request.plain()) {
      return keyMark;
    }
    if (changes.isEmpty()
        && keyMark.isEmpty()
        && request.policy() == OnLossy.FAIL
        && !request.flatten()) {
      return request.columns().isEmpty() ? "" : request.columns().toString();
    }
    changes.sort(null);
    return changes.toString()
        + request.columns()
        + request.policy()
        + request.flatten()
        + request.masks().keyMark()
        + keyMark;
  }

  private void checkMet() {
    if (!unmetChoices.isEmpty()) {
      DatasetChoice unmet = unmetChoices.get(0);
      throw unmet.wrong(
          "there is no dataset " + unmet.source(), "--dry-run tells the names there are");
    }
    if (!unmetMasks.isEmpty()) {
      throw unmet(unmetMasks.get(0));
    }
    overruled.check();
    maskedReferences.check();
    if (request.flatten() && !flattened) {
      throw new GodwitException(
          ExitCode.USAGE,
          "--flatten: no documents go into rows",
          "leave it out: rows and keys, and documents among documents, stay what they are");
    }
  }

  private GodwitException unmet(MaskChoice mask) {
    if (columns.isEmpty()) {
      return new GodwitException(
          ExitCode.USAGE,
          "--mask " + mask + " matches no dataset",
          "write --mask DATASET.COLUMN=MASK, such as customers.email=hash");
    }
    return new GodwitException(
        ExitCode.USAGE,
        "--mask " + mask + " matches no column",
        documents
            ? "what is inside of a document cannot be masked; leave the dataset out with --exclude"
            : "columns are " + String.join(", ", columns));
  }

  private void meet(MappedDataset mapped) {
    Dataset dataset = mapped.source();
    List<DatasetName> names = divided.namesOf(dataset.name());
    unmetChoices.removeIf(choice -> names.stream().anyMatch(choice::means));
    checkOnce(names);
    keys.ifPresent(check -> check.meet(mapped, names));
    for (Field field : dataset.schema().getFields()) {
      unmetMasks.removeIf(mask -> mask.matches(names, field.getName()));
      overruled.meet(names, field.getName());
    }
    if (!unmetMasks.isEmpty()
        && names.stream().anyMatch(unmetMasks.get(0).datasets()::matches)
        && columns.size() < 100) {
      for (Field field : dataset.schema().getFields()) {
        columns.add(field.getName());
        documents |= FieldKind.of(field) == FieldKind.BSON;
      }
    }
    checkPartition(mapped);
    maskedReferences.meet(mapped, names);
    heirs.ancestors(dataset.name()).forEach(ancestor -> checkHeir(mapped, ancestor));
    dataset.references().forEach(reference -> checkReference(mapped, reference));
  }

  /** The first that means a dataset holds: what another leaves out would move. */
  private void checkOnce(List<DatasetName> names) {
    List<DatasetChoice> meant =
        request.choices().stream().filter(c -> names.stream().anyMatch(c::means)).toList();
    meant.stream()
        .skip(1)
        .filter(DatasetChoice::asksOfFields)
        .findFirst()
        .ifPresent(
            other -> {
              throw other.wrong(
                  "%s and %s both mean %s"
                      .formatted(meant.get(0).source(), other.source(), names.get(0)),
                  "write what is wanted of its fields in one of them");
            });
  }

  /** A row whose place among the partitions is masked would be refused by the one it goes to. */
  private static void checkPartition(MappedDataset mapped) {
    if (!mapped.divided()) {
      return;
    }
    for (String column : mapped.source().partitionColumns()) {
      if (mapped.mask(column).isPresent()) {
        throw new GodwitException(
            ExitCode.USAGE,
            "--mask: %s.%s decides which partition a row belongs to, and the mask would change it"
                .formatted(mapped.source().name(), column),
            "leave the mask out, or choose columns with --columns: each partition is then made as a"
                + " table of its own");
      }
    }
  }

  /**
   * A table shows the rows of its heirs too, and what is hidden in it would stand there in them.
   */
  private void checkHeir(MappedDataset heir, DatasetName ancestor) {
    for (Field field : heir.read().schema().getFields()) {
      Optional<MaskKind> wanted =
          request.masks().choice(List.of(ancestor), field.getName()).map(MaskChoice::kind);
      if (wanted.isPresent() && !wanted.equals(heir.mask(field.getName()).map(ColumnMask::kind))) {
        String column = heir.source().name() + "." + field.getName();
        throw new GodwitException(
            ExitCode.USAGE,
            "--mask: %s inherits from %s, where %s is masked, and is not masked alike"
                .formatted(column, ancestor, field.getName()),
            "mask it too: --mask %s=%s".formatted(column, wanted.get()));
      }
    }
  }

  /**
   * Where one side of a reference is masked, the other must be masked alike, or nothing matches.
   */
  private void checkReference(MappedDataset mapped, Dataset.Reference reference) {
    if (!request.masks().isEmpty()) {
      for (int i = 0; i < reference.columns().size(); i++) {
        String column = reference.columns().get(i);
        Optional<MaskKind> own = mapped.mask(column).map(ColumnMask::kind);
        Optional<MaskKind> other =
            request
                .masks()
                .choice(divided.namesOf(reference.target()), reference.targetColumns().get(i))
                .map(MaskChoice::kind);
        if (!own.equals(other) && !own.equals(Optional.of(new MaskKind.Null()))) {
          String from = mapped.source().name() + "." + column;
          String to = reference.target() + "." + reference.targetColumns().get(i);
          throw new GodwitException(
              ExitCode.USAGE,
              from + " refers to " + to + ", and they are masked differently",
              "mask both with hash, so that they still match");
        }
      }
    }
  }
}
