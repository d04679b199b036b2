package dev.godwit.extractor.postgresql.type;

import dev.godwit.spi.record.Fields;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * How PostgreSQL's types become Arrow fields, and how a column is asked for so that they do.
 *
 * <table>
 * <caption>Types</caption>
 * <tr><th>PostgreSQL</th><th>Arrow</th></tr>
 * <tr><td>bool; int2, int4, int8; float4, float8</td><td>Bool; Int16, Int32, Int64; Float32,
 * Float64</td></tr>
 * <tr><td>oid, xid, cid; xid8</td><td>Int64; UInt64</td></tr>
 * <tr><td>numeric(p,s), 0 &lt;= s &lt;= p</td><td>Decimal128 to p = 38, Decimal256 to p =
 * 76</td></tr>
 * <tr><td>any other numeric</td><td>godwit.decimal</td></tr>
 * <tr><td>text, varchar, bpchar (its padding kept), name, "char", enums</td><td>Utf8</td></tr>
 * <tr><td>json, jsonb; uuid; bytea</td><td>arrow.json; arrow.uuid; Binary</td></tr>
 * <tr><td>date; time; timestamp; timestamptz; interval</td><td>Date32; Time64(us); Timestamp(us);
 * Timestamp(us, UTC); MonthDayNano</td></tr>
 * <tr><td>domains</td><td>as the type below them</td></tr>
 * <tr><td>arrays; composites</td><td>List; Struct</td></tr>
 * <tr><td>all others, and arrays and composites that hold one</td><td>arrow.opaque over Utf8, the
 * text that the server writes</td></tr>
 * </table>
 *
 * <p>A misfit's bytes are the server's own text of the whole value (UTF-8, or whatever bytes a
 * database without an encoding holds).
 */
public final class TypeMap {
  private static final String VENDOR = "postgresql";

  private final TypeCatalogue types;
  private final Forms forms;

  /** A map over the types of one database. */
  public TypeMap(TypeCatalogue types) {
    this.types = types;
    this.forms = new Forms(types);
  }

  /** How the values of a column travel. */
  public Form form(PgColumn column) {
    return forms.of(column.type(), column.modifier());
  }

  /** The Arrow field of a column. */
  public Field field(PgColumn column) {
    return field(column.name(), form(column), column.type(), column.nativeType());
  }

  /**
   * The expression that asks for a column in {@code copy (select ...) to stdout (format binary)}:
   * its quoted name, cast to text where its own binary form is not safe or not understood.
   */
  public String selectExpression(PgColumn column) {
    String name = '"' + column.name().replace("\"", "\"\"") + '"';
    if (form(column) != Form.Scalar.CAST) {
      return name;
    }
    PgType base = base(column.type());
    if (base.builtIn() && base.name().equals("inet")) {
      // The cast would add the length of the network to every address; the output function does
      // not.
      return "pg_catalog.textin(pg_catalog.inet_out(" + name + "))";
    }
    return name + "::pg_catalog.text";
  }

  /**
   * Whether the column can be written with {@code copy ... from stdin (format binary)}; a table is
   * written as text where any of its columns cannot.
   */
  public boolean writableAsBinary(PgColumn column) {
    return form(column) != Form.Scalar.CAST;
  }

  private PgType base(PgType type) {
    return type.shape() instanceof PgType.Shape.Domain domain
        ? base(types.type(domain.base()))
        : type;
  }

  private Field field(String name, Form form, PgType type, String nativeType) {
    if (form instanceof Form.Scalar scalar) {
      return scalar(name, scalar, type, nativeType);
    } else if (form instanceof Form.Decimal decimal) {
      ArrowType arrow =
          new ArrowType.Decimal(decimal.precision(), decimal.scale(), decimal.width() * 8);
      return Fields.of(name, arrow, nativeType);
    } else if (form instanceof Form.Items items) {
      PgType array = base(type);
      PgType element = types.type(((PgType.Shape.Array) array.shape()).element());
      Field child = field("item", items.element(), element, qualified(element));
      return Fields.of(name, ArrowType.List.INSTANCE, nativeType, child);
    }
    Form.Row row = (Form.Row) form;
    List<PgType.Attribute> attributes = ((PgType.Shape.Composite) base(type).shape()).attributes();
    Field[] children = new Field[attributes.size()];
    for (int i = 0; i < children.length; i++) {
      PgType part = types.type(attributes.get(i).type());
      children[i] =
          field(attributes.get(i).name(), row.parts().get(i).form(), part, qualified(part));
    }
    return Fields.of(name, ArrowType.Struct.INSTANCE, nativeType, children);
  }

  private Field scalar(String name, Form.Scalar form, PgType type, String nativeType) {
    return switch (form) {
      case UUID -> Fields.uuid(name, nativeType);
      case JSON, JSONB -> Fields.json(name, nativeType);
      case NUMERIC_TEXT -> Fields.decimal(name, nativeType);
      case CAST ->
          Fields.opaque(name, ArrowType.Utf8.INSTANCE, qualified(type), VENDOR, nativeType);
      default -> Fields.of(name, arrow(form), nativeType);
    };
  }

  private static ArrowType arrow(Form.Scalar form) {
    return switch (form) {
      case BOOL -> ArrowType.Bool.INSTANCE;
      case INT2 -> new ArrowType.Int(16, true);
      case INT4 -> new ArrowType.Int(32, true);
      case INT8, UINT4 -> new ArrowType.Int(64, true);
      case UINT8 -> new ArrowType.Int(64, false);
      case FLOAT4 -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case FLOAT8 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case DATE -> new ArrowType.Date(DateUnit.DAY);
      case TIME -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
      case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
      case TIMESTAMPTZ -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
      case INTERVAL -> new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO);
      case UUID -> new ArrowType.FixedSizeBinary(16);
      case BYTEA -> ArrowType.Binary.INSTANCE;
      case NUMERIC_TEXT, CHAR, TEXT, JSON, JSONB, CAST -> ArrowType.Utf8.INSTANCE;
    };
  }

  /** A type's name with its schema, where the server does not bring it. */
  private static String qualified(PgType type) {
    return type.builtIn() ? type.name() : type.schema() + "." + type.name();
  }
}
