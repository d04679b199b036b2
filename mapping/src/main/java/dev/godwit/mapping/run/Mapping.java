package dev.godwit.mapping.run;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.document.DocumentShape;
import dev.godwit.mapping.keyvalue.KeptForm;
import dev.godwit.mapping.keyvalue.KeyChoice;
import dev.godwit.mapping.keyvalue.Keying;
import dev.godwit.mapping.mask.ColumnMask;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.RecordForm;
import dev.godwit.spi.name.DatasetName;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What becomes of each dataset of a run. Found as the catalogue is gone through, and never held
 * whole. Safe for use by many threads.
 */
public final class Mapping {
  private final Catalogue catalogue;
  private final boolean sameEngine;
  private final Loader target;
  private final MappingRequest request;
  private final Divided divided;
  private final ReferredColumns referred;
  private final Map<DatasetName, DocumentShape> shapes;
  private final Map<DatasetName, KeptForm> kept;
  private final Set<DatasetName> narrowed;
  private final Set<DatasetName> changed;
  private final Heirs heirs;
  private final String mark;

  /**
   * The mapping of a run.
   *
   * @param catalogue of the run, as the source has it
   * @param engine of the run
   * @param shapes of documents that are to become columns
   * @param kept the forms of documents that were keys, and become keys again
   * @throws dev.godwit.spi.error.GodwitException {@code USAGE} where a choice, a mask or a new name
   *     of the request is for nothing of the run, or does not fit
   */
  public Mapping(
      Catalogue catalogue,
      String engine,
      Loader target,
      MappingRequest request,
      Map<DatasetName, DocumentShape> shapes,
      Map<DatasetName, KeptForm> kept) {
    this.catalogue = catalogue;
    this.sameEngine = engine.equals(target.info().engine());
    this.target = target;
    this.request = request;
    Optional<String> keyedAs =
        !sameEngine && target.form() instanceof RecordForm.KeyValues form
            ? Optional.of(form.types().get(0))
            : Optional.empty();
    this.narrowed = sameEngine ? narrowed(catalogue) : Set.of();
    boolean parts = keyedAs.isPresent() || request.asksOfFields() || !narrowed.isEmpty();
    this.divided = parts ? new Divided(catalogue) : new Divided();
    this.referred = new ReferredColumns(name -> choice(divided.namesOf(name)));
    this.shapes = Map.copyOf(shapes);
    this.kept = Map.copyOf(kept);
    this.changed = changed();
    boolean heirsCount = !request.masks().isEmpty() || redefines();
    this.heirs = heirsCount ? new Heirs(catalogue) : new Heirs();
    boolean rows = target.form() instanceof RecordForm.Rows;
    this.mark = new MappingCheck(request, divided, heirs, rows, keyedAs).mark(this);
    Set<DatasetName> renamed = new HashSet<>(request.renames().names().keySet());
    request.choices().forEach(choice -> renamed.remove(choice.source())); // known to be met
    RenamedDatasets.require(renamed, catalogue, "--dry-run without it tells the names there are");
  }

  /** Every dataset, in the order of the catalogue; closed by the caller. */
  public Stream<MappedDataset> datasets() {
    return catalogue.datasets().map(this::of);
  }

  /**
   * The same for the same mapping of the same datasets, however it was asked for, and for no other.
   */
  public String mark() {
    return mark;
  }

  /** What was asked for. */
  public MappingRequest request() {
    return request;
  }

  /** What a dataset of the run becomes. */
  MappedDataset of(Dataset source) {
    List<DatasetName> names = divided.namesOf(source.name());
    Optional<DatasetChoice> choice = choice(names);
    FieldChoices wanted = new FieldChoices(source, choice);
    Dataset read = wanted.read();
    List<ColumnMask> masks = request.masks().of(read, names);
    Keying keying = keying(read, names);
    List<FieldChoice> chosen = wanted.beyondDefault(conversion(read, List.of(), keying));
    Optional<Conversion> conversion =
        wanted.with(chosen, fields -> conversion(read, fields, keying));
    Dataset made = referred.in(conversion.map(Conversion::dataset).orElse(read));
    boolean other = conversion.isPresent() || !read.equals(source) || columnsChosen(source.name());
    return new MappedDataset(
        source,
        read,
        request.renames().of(source.name()),
        chosen,
        conversion,
        masks,
        sameEngine && other ? made.asNeutral() : made);
  }

  /** A new name that is a number of a database says where keys go, not what they are called. */
  private Keying keying(Dataset read, List<DatasetName> names) {
    String renamed = request.renames().of(read.name()).last();
    return new Keying(
        KeyCheck.isSpace(renamed) ? read.name().last() : renamed,
        request.keys().of(names).map(KeyChoice::template),
        request.keys().expires(),
        Optional.ofNullable(kept.get(read.name())));
  }

  private Optional<Conversion> conversion(Dataset read, List<FieldChoice> fields, Keying keying) {
    if (!sameEngine) {
      return Optional.of(
          Conversions.of(
              read,
              target.form(),
              request.policy(),
              fields,
              Optional.ofNullable(shapes.get(read.name())),
              keying));
    }
    return fields.isEmpty() ? Optional.empty() : Optional.of(new RenamedFields(read, fields));
  }

  private Optional<DatasetChoice> choice(List<DatasetName> names) {
    return request.choices().stream().filter(c -> names.stream().anyMatch(c::means)).findFirst();
  }

  /** Whether fields of a dataset that are not named are left out: they were not to be read. */
  public boolean skipsOthers(Dataset source) {
    return columnsChosen(source.name())
        || choice(divided.namesOf(source.name())).filter(DatasetChoice::skipOthers).isPresent();
  }

  /** Datasets of which only some columns were read, as a snapshot tells. */
  private static Set<DatasetName> narrowed(Catalogue catalogue) {
    try (Stream<Dataset> datasets = catalogue.datasets()) {
      return datasets
          .filter(dataset -> dataset.attributes().containsKey(Dataset.CHOSEN_COLUMNS))
          .map(Dataset::name)
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  private boolean columnsChosen(DatasetName name) {
    return narrowed.contains(name)
        || divided.namesOf(name).stream()
            .anyMatch(n -> request.columns().stream().anyMatch(c -> c.dataset().matches(n)));
  }

  /**
   * Whether the target makes this dataset, or table of partitions, from its description, although
   * it is of the engine of the source.
   */
  boolean redefined(Dataset source) {
    return sameEngine && (source.neutral() || of(source).target().neutral());
  }

  /** As {@link #redefined}, of what is no dataset itself: a table that is divided. */
  boolean redefined(DatasetName divided) {
    return sameEngine
        && (columnsChosen(divided)
            || changed.contains(divided)
            || choice(List.of(divided)).filter(DatasetChoice::changesRows).isPresent());
  }

  /** What is divided and of which a part has other columns: then nothing is to be put together. */
  private Set<DatasetName> changed() {
    Set<DatasetName> names = new HashSet<>();
    if (!request.choices().isEmpty() || !narrowed.isEmpty()) {
      for (DatasetName part : divided.parts()) {
        List<DatasetName> all = divided.namesOf(part);
        if (narrowed.contains(part) || choice(all).filter(DatasetChoice::changesRows).isPresent()) {
          names.addAll(all);
        }
      }
    }
    return Set.copyOf(names);
  }

  /** Whether the rows of a dataset are shown among those of another. */
  boolean inherits(DatasetName name) {
    return heirs.ancestors(name).findFirst().isPresent();
  }

  /** Whether the target makes anything of the source's own definitions. */
  boolean keepsDefinitions() {
    return sameEngine;
  }

  /** Whether any dataset could be redefined. */
  boolean redefines() {
    return sameEngine
        && !(request.columns().isEmpty() && request.choices().isEmpty() && narrowed.isEmpty());
  }
}
