package dev.godwit.mapping.run;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.FieldChoice;
import dev.godwit.mapping.document.DocumentShape;
import dev.godwit.mapping.mask.ColumnMask;
import dev.godwit.spi.dataset.Catalogue;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.name.DatasetName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final Map<DatasetName, DocumentShape> shapes;

  /**
   * The mapping of a run.
   *
   * @param catalogue of the run, as the source has it
   * @param engine of the run
   * @param shapes of documents that are to become columns
   * @throws dev.godwit.spi.error.GodwitException {@code USAGE} where a choice or a mask of the
   *     request names nothing of the run, or does not fit
   */
  public Mapping(
      Catalogue catalogue,
      String engine,
      Loader target,
      MappingRequest request,
      Map<DatasetName, DocumentShape> shapes) {
    this.catalogue = catalogue;
    this.sameEngine = engine.equals(target.info().engine());
    this.target = target;
    this.request = request;
    boolean asked = !request.masks().isEmpty() || !request.columns().isEmpty();
    this.divided = asked ? new Divided(catalogue) : new Divided();
    this.shapes = Map.copyOf(shapes);
    new MappingCheck(request, divided).run(this);
  }

  /** Every dataset, in the order of the catalogue; closed by the caller. */
  public Stream<MappedDataset> datasets() {
    return catalogue.datasets().map(this::of);
  }

  /** What a dataset of the run becomes. */
  MappedDataset of(Dataset source) {
    List<FieldChoice> fields = choices(source.name());
    List<ColumnMask> masks = request.masks().of(source, divided.namesOf(source.name()));
    Optional<Conversion> conversion =
        sameEngine && fields.isEmpty()
            ? Optional.empty()
            : Optional.of(
                Conversions.of(
                    source,
                    target.form(),
                    request.policy(),
                    fields,
                    Optional.ofNullable(shapes.get(source.name()))));
    Dataset made = conversion.map(Conversion::dataset).orElse(source);
    boolean other = conversion.isPresent() || columnsChosen(source.name());
    return new MappedDataset(
        source,
        request.renames().of(source.name()),
        conversion,
        masks,
        sameEngine && other ? made.asNeutral() : made);
  }

  private List<FieldChoice> choices(DatasetName name) {
    return request.choices().stream()
        .filter(choice -> choice.means(name))
        .map(DatasetChoice::fields)
        .findFirst()
        .orElse(List.of());
  }

  private boolean columnsChosen(DatasetName name) {
    return divided.namesOf(name).stream()
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
    return sameEngine && columnsChosen(divided);
  }

  /** Whether any dataset could be redefined. */
  boolean redefines() {
    return sameEngine && !(request.columns().isEmpty() && request.choices().isEmpty());
  }
}
