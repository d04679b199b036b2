package dev.godwit.mapping.document;

import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.mapping.document.RowLosses.FieldLosses;
import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;

/** Writes the values of a batch that do not lie in their columns: misfits and large values. */
final class OddValues {
  private final RecordBatch batch;
  private final LargeSpool spool;
  private final List<Boolean> asText;

  OddValues(RecordBatch batch, LargeSpool spool, List<Boolean> asText) {
    this.batch = batch;
    this.spool = spool;
    this.asText = asText;
  }

  /** Writes a value; false where it lies in its column. */
  boolean write(int row, int place, byte[] name, FieldLosses losses, GrowingBytes out) {
    Misfit misfit = batch.misfitAt(row, place);
    LargeReference large = batch.largeAt(row, place);
    FieldVector vector = batch.rows().getVector(place);
    if (misfit != null) {
      misfit(FieldKind.of(vector.getField()), misfit, asText.get(place), name, losses, out);
    } else if (large != null) {
      large(vector, large, asText.get(place), name, losses, out);
    }
    return misfit != null || large != null;
  }

  private static void misfit(
      FieldKind kind,
      Misfit misfit,
      boolean asText,
      byte[] name,
      FieldLosses losses,
      GrowingBytes out) {
    boolean number = kind == FieldKind.DECIMAL || kind == FieldKind.TEXT_DECIMAL;
    long special =
        switch (misfit.kind()) {
          case NAN -> Decimals.NAN;
          case POS_INF -> Decimals.POSITIVE_INFINITY;
          case NEG_INF -> Decimals.NEGATIVE_INFINITY;
          default -> 0;
        };
    boolean text = asText || kind == FieldKind.TIME || kind == FieldKind.INTERVAL;
    if (number && special != 0 && !asText) {
      out.element(BsonType.DECIMAL, name);
      out.int8(0);
      out.int8(special);
    } else if (text && misfit.kind() != Misfit.Kind.BAD_TEXT) {
      ElementWriters.string(text(misfit.bytes()), name, out);
    } else {
      OnLossy instead = losses.lost(why(kind, misfit.kind()));
      if (instead == OnLossy.TEXT && misfit.kind() == Misfit.Kind.BAD_TEXT) {
        spelled(misfit.bytes(), name, out);
      } else if (instead == OnLossy.TEXT || misfit.kind() == Misfit.Kind.BAD_TEXT) {
        ElementWriters.string(text(misfit.bytes()), name, out);
      } else {
        out.element(BsonType.NULL, name);
      }
    }
  }

  private static String why(FieldKind kind, Misfit.Kind misfit) {
    boolean nested = kind == FieldKind.LIST || kind == FieldKind.STRUCT || kind == FieldKind.MAP;
    if (nested && misfit != Misfit.Kind.SHAPE && misfit != Misfit.Kind.BAD_TEXT) {
      return "something inside of it is beyond its type, such as NaN, infinity or 24:00:00";
    }
    return switch (misfit) {
      case POS_INF, NEG_INF -> "a document holds no infinite date";
      case OUT_OF_RANGE -> "the value is further away than is carried to another kind of store";
      case ZERO_DATE -> "a document holds no date of zeros";
      case BAD_TEXT -> "the text is not valid in its character set";
      case SHAPE -> "an array of a document has one dimension, and begins at its first element";
      case TYPE, NAN -> "the value is not of its column's type";
    };
  }

  /** Other bytes are other text, as a key asks for. */
  private static void spelled(byte[] bytes, byte[] name, GrowingBytes out) {
    out.element(BsonType.STRING, name);
    int mark = out.beginLength();
    new IdString().write(bytes, 0, bytes.length, out);
    out.endText(mark);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void large(
      FieldVector vector,
      LargeReference reference,
      boolean asText,
      byte[] name,
      FieldLosses losses,
      GrowingBytes out) {
    FieldKind kind = FieldKind.of(vector.getField());
    if (reference.length() > RowDocuments.GREATEST) {
      lost("it has " + reference.length() + " bytes, and a document 16 MiB at most", losses);
      out.element(BsonType.NULL, name);
      return;
    }
    byte[] value = read(reference);
    switch (kind) {
      case BINARY -> binary(value, name, out);
      case TEXT -> {
        out.element(BsonType.STRING, name);
        out.text(value);
      }
      case OPAQUE -> {
        if (vector instanceof VarCharVector) {
          out.element(BsonType.STRING, name);
          out.text(value);
        } else {
          binary(value, name, out);
        }
      }
      case BSON -> {
        out.element(BsonType.DOCUMENT, name);
        out.raw(value, 0, value.length);
      }
      case JSON -> {
        if (asText) {
          out.element(BsonType.STRING, name);
          out.text(value);
        } else {
          new JsonWriter((VarCharVector) vector, losses).write(value, value.length, name, out);
        }
      }
      case LIST, STRUCT, MAP, TEXT_DECIMAL -> {
        lost("a " + kind.name().toLowerCase(java.util.Locale.ROOT) + " of more than 8 MiB", losses);
        out.element(BsonType.NULL, name);
      }
      default -> throw new IllegalArgumentException("no " + kind + " is large");
    }
  }

  private static void lost(String why, FieldLosses losses) {
    var ignored = losses.lost(why);
  }

  private static void binary(byte[] value, byte[] name, GrowingBytes out) {
    out.element(BsonType.BINARY, name);
    out.int4(value.length);
    out.int1(BsonType.GENERIC);
    out.raw(value, 0, value.length);
  }

  private byte[] read(LargeReference reference) {
    try (InputStream in = spool.open(reference)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
