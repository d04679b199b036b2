package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;
import dev.godwit.extractor.postgresql.type.PgColumn;
import dev.godwit.extractor.postgresql.type.TypeMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * What becomes of the fields of a copy's rows: each a column; or the first of them, and one column
 * of the hash of all, of their bytes and lengths as they were sent.
 *
 * @param columns the Arrow fields, in order
 * @param forms how the values of each lie in the copy
 * @param single how many columns hold one field each; one more is of all fields
 * @param sent how many fields a row of the copy has
 */
public record RowShape(List<Field> columns, List<Form> forms, int single, int sent) {
  private static final String AS_SENT = "sent";

  /** Copies the lists. */
  public RowShape {
    columns = List.copyOf(columns);
    forms = List.copyOf(forms);
  }

  /** Each field is a column. */
  public static RowShape ofColumns(List<PgColumn> columns, TypeMap types) {
    return new RowShape(
        columns.stream().map(types::field).toList(),
        columns.stream().map(types::form).toList(),
        columns.size(),
        columns.size());
  }

  /**
   * The first fields are columns, and all are hashed. What their bytes mean depends on the names,
   * types and forms of the columns only, which the metadata of the last one tells. Where a row has
   * more than {@link CopyData#CONTIGUOUS} bytes, the bytes that follow the first fields are a large
   * value instead.
   */
  public static RowShape asSent(List<PgColumn> columns, int keys, TypeMap types) {
    RowShape ofKeys = ofColumns(columns.subList(0, keys), types);
    String all =
        columns.stream()
            .map(c -> types.field(c) + " " + c.nativeType() + " " + types.form(c))
            .collect(Collectors.joining("\n"));
    Map<String, String> metadata = Map.of("postgresql.copied", all);
    FieldType hash =
        new FieldType(true, new ArrowType.FixedSizeBinary(SentHash.WIDTH), null, metadata);
    List<Field> fields = new ArrayList<>(ofKeys.columns);
    fields.add(new Field(AS_SENT, hash, null));
    List<Form> forms = new ArrayList<>(ofKeys.forms);
    forms.add(Form.Scalar.BYTEA);
    return new RowShape(fields, forms, keys, columns.size());
  }
}
