package dev.godwit.compare;

import dev.godwit.spi.record.FieldKind;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * What values of a column are once they are encoded as {@link dev.godwit.transfer.hash} says: two
 * columns of one form can be compared whatever their types, such as numbers of any width and scale.
 *
 * @param form of the values themselves
 * @param parts forms of the values that they are made of
 */
record CommonForm(Form form, List<CommonForm> parts) {

  private enum Form {
    BOOL,
    EXACT_NUMBER,
    FLOAT,
    TEXT,
    BYTES,
    UUID,
    DATE,
    TIME,
    LOCAL_TIMESTAMP,
    INSTANT,
    INTERVAL,
    LIST,
    STRUCT,
    MAP
  }

  static CommonForm of(Field field) {
    Form form =
        switch (FieldKind.of(field)) {
          case BOOL -> Form.BOOL;
          case INTEGER, UNSIGNED, DECIMAL, TEXT_DECIMAL -> Form.EXACT_NUMBER;
          case FLOAT -> Form.FLOAT;
          case TEXT, JSON -> Form.TEXT;
          case BINARY, BSON -> Form.BYTES;
          case OPAQUE -> field.getType() instanceof ArrowType.Utf8 ? Form.TEXT : Form.BYTES;
          case UUID -> Form.UUID;
          case DATE -> Form.DATE;
          case TIME -> Form.TIME;
          case LOCAL_TIMESTAMP -> Form.LOCAL_TIMESTAMP;
          case INSTANT -> Form.INSTANT;
          case INTERVAL -> Form.INTERVAL;
          case LIST -> Form.LIST;
          case STRUCT -> Form.STRUCT;
          case MAP -> Form.MAP;
        };
    return new CommonForm(form, field.getChildren().stream().map(CommonForm::of).toList());
  }
}
