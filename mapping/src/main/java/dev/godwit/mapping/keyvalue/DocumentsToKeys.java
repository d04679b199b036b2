package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.Conversion;
import dev.godwit.mapping.FieldMapping;
import dev.godwit.mapping.Losses;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.RecordReader;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.load.Placement.Fidelity;
import dev.godwit.spi.record.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Makes a key with a value of each document: a hash of its fields, or a string of relaxed Extended
 * JSON. Its {@code _id} stands in the key, so that no two documents make the same; all values at
 * one place of the template are of one kind of type ({@link KeyValueText.Kind}), or one text could
 * stand for two of them.
 */
public final class DocumentsToKeys implements Conversion {
  private static final String ID = "_id";

  /** Kinds of datasets whose {@code _id} is one record's alone. */
  private static final String MEASUREMENTS = "time series";

  private final RowForm form;
  private final Optional<Instant> expires;
  private final KeyTemplate template;
  private final KeyKinds kinds;
  private final Field field;
  private final Dataset dataset;

  /**
   * The conversion of a dataset of documents.
   *
   * @param type of the values, {@code hash} or {@code string}
   * @throws GodwitException {@code USAGE} where documents could share a key
   */
  public DocumentsToKeys(Dataset documents, String type, Keying keying) {
    form =
        RowForm.of(type)
            .orElseThrow(() -> new IllegalArgumentException("no document is a " + type));
    expires = keying.expires();
    template = keying.template().orElseGet(() -> KeyTemplate.byDefault(keying.name(), List.of(ID)));
    if (!template.columns().contains(ID) || documents.kind().equals(MEASUREMENTS)) {
      throw new GodwitException(
          ExitCode.USAGE,
          "--key %s: two documents of %s could have the same key"
              .formatted(template, documents.name()),
          documents.kind().equals(MEASUREMENTS)
              ? "nothing names a measurement of a time series; leave it out with --exclude"
              : "name their _id: --key '%s:{_id}'".formatted(documents.name().last()));
    }
    kinds = new KeyKinds(documents.name(), template);
    field = documents.schema().getFields().get(0);
    dataset = RowsToKeys.keys(documents, template);
  }

  @Override
  public Dataset dataset() {
    return dataset;
  }

  @Override
  public List<FieldMapping> fields() {
    boolean hash = form instanceof HashForm;
    return List.of(
        new FieldMapping(
            field,
            new Placement(
                Fields.json(field.getName(), form.word()),
                hash ? Fidelity.LOSSY : Fidelity.WIDER,
                hash
                    ? "a field for each of the document's, as text, nested ones as relaxed Extended"
                        + " JSON; none for a null, and which type a value had is not told"
                    : "as relaxed Extended JSON; which type a number had is not told")));
  }

  @Override
  public RecordReader reading(
      Partition partition, RecordReader source, Losses losses, BufferAllocator allocator) {
    return new KeyingReader(
        source,
        new DocumentKeys(
            partition, form, KeyHead.of(form.word(), expires), template, kinds, losses),
        new KeyValueBatch(dataset.schema(), allocator));
  }
}
