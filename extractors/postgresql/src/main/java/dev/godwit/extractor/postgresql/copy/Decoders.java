package dev.godwit.extractor.postgresql.copy;

import dev.godwit.extractor.postgresql.type.Form;
import org.apache.arrow.memory.BufferAllocator;

/** Makes the decoder of a form. */
final class Decoders {
  private Decoders() {}

  static ColumnDecoder of(Form form, BufferAllocator allocator) {
    if (form instanceof Form.Scalar scalar) {
      return scalar(scalar, allocator);
    } else if (form instanceof Form.Decimal decimal) {
      return new DecimalDecoder(decimal, allocator);
    } else if (form instanceof Form.Items items) {
      return new ListDecoder(items, of(items.element(), allocator), allocator);
    }
    Form.Row row = (Form.Row) form;
    return new StructDecoder(
        row, row.parts().stream().map(part -> of(part.form(), allocator)).toList(), allocator);
  }

  private static ColumnDecoder scalar(Form.Scalar form, BufferAllocator allocator) {
    return switch (form) {
      case BOOL -> new BoolDecoder(allocator);
      case INT2 -> new ScalarDecoders.Short2(allocator);
      case INT4, FLOAT4 -> new ScalarDecoders.Four(form, allocator);
      case INT8, UINT8, FLOAT8 -> new ScalarDecoders.Eight(form, allocator);
      case UINT4 -> new ScalarDecoders.Unsigned4(allocator);
      case NUMERIC_TEXT -> new BytesDecoder.NumericText(allocator);
      case DATE -> new ScalarDecoders.Date(allocator);
      case TIME -> new ScalarDecoders.Time(allocator);
      case TIMESTAMP, TIMESTAMPTZ -> new ScalarDecoders.Timestamp(form, allocator);
      case INTERVAL -> new ScalarDecoders.Interval(allocator);
      case UUID -> new ScalarDecoders.Uuid(allocator);
      case CHAR -> new BytesDecoder.Char(allocator);
      case TEXT, JSON, CAST -> new BytesDecoder.Text(allocator);
      case JSONB -> new BytesDecoder.Jsonb(allocator);
      case BYTEA -> new BytesDecoder.Raw(allocator);
    };
  }
}
