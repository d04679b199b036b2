package dev.godwit.extractor.postgresql.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the form of a type. */
final class Forms {
  /** Composites inside composites beyond this depth travel as text. */
  private static final int DEEPEST = 16;

  private static final Map<String, Form.Scalar> BUILT_IN =
      Map.ofEntries(
          Map.entry("bool", Form.Scalar.BOOL),
          Map.entry("int2", Form.Scalar.INT2),
          Map.entry("int4", Form.Scalar.INT4),
          Map.entry("int8", Form.Scalar.INT8),
          Map.entry("oid", Form.Scalar.UINT4),
          Map.entry("xid", Form.Scalar.UINT4),
          Map.entry("cid", Form.Scalar.UINT4),
          Map.entry("xid8", Form.Scalar.UINT8),
          Map.entry("float4", Form.Scalar.FLOAT4),
          Map.entry("float8", Form.Scalar.FLOAT8),
          Map.entry("date", Form.Scalar.DATE),
          Map.entry("time", Form.Scalar.TIME),
          Map.entry("timestamp", Form.Scalar.TIMESTAMP),
          Map.entry("timestamptz", Form.Scalar.TIMESTAMPTZ),
          Map.entry("interval", Form.Scalar.INTERVAL),
          Map.entry("uuid", Form.Scalar.UUID),
          Map.entry("char", Form.Scalar.CHAR),
          Map.entry("text", Form.Scalar.TEXT),
          Map.entry("varchar", Form.Scalar.TEXT),
          Map.entry("bpchar", Form.Scalar.TEXT),
          Map.entry("name", Form.Scalar.TEXT),
          Map.entry("json", Form.Scalar.JSON),
          Map.entry("jsonb", Form.Scalar.JSONB),
          Map.entry("bytea", Form.Scalar.BYTEA));

  private final TypeCatalogue types;

  Forms(TypeCatalogue types) {
    this.types = types;
  }

  Form of(PgType type, int modifier) {
    return of(type, modifier, 0);
  }

  private Form of(PgType type, int modifier, int depth) {
    if (depth > DEEPEST) {
      return Form.Scalar.CAST;
    }
    PgType.Shape shape = type.shape();
    if (shape instanceof PgType.Shape.Base base) {
      return base.fromExtension() ? Form.Scalar.CAST : builtIn(type.name(), modifier);
    } else if (shape instanceof PgType.Shape.Enumerated) {
      return Form.Scalar.TEXT;
    } else if (shape instanceof PgType.Shape.Domain domain) {
      return of(types.type(domain.base()), domain.modifier(), depth + 1);
    } else if (shape instanceof PgType.Shape.Array array) {
      Form element = of(types.type(array.element()), modifier, depth + 1);
      return element == Form.Scalar.CAST ? element : new Form.Items(element, array.element());
    } else if (shape instanceof PgType.Shape.Composite composite) {
      return row(composite, depth);
    }
    return Form.Scalar.CAST;
  }

  private static Form builtIn(String name, int modifier) {
    if (!name.equals("numeric")) {
      return BUILT_IN.getOrDefault(name, Form.Scalar.CAST);
    }
    if (modifier < 4) {
      return Form.Scalar.NUMERIC_TEXT;
    }
    NumericModifier declared = NumericModifier.of(modifier);
    return declared.fitsArrow()
        ? new Form.Decimal(declared.precision(), declared.scale())
        : Form.Scalar.NUMERIC_TEXT;
  }

  /** A composite with a part that is asked for as text is asked for as text whole. */
  private Form row(PgType.Shape.Composite composite, int depth) {
    List<Form.Part> parts = new ArrayList<>();
    for (PgType.Attribute attribute : composite.attributes()) {
      Form form = of(types.type(attribute.type()), attribute.modifier(), depth + 1);
      if (form == Form.Scalar.CAST) {
        return form;
      }
      parts.add(new Form.Part(attribute.name(), form, attribute.type()));
    }
    return parts.isEmpty() ? Form.Scalar.CAST : new Form.Row(parts);
  }
}
