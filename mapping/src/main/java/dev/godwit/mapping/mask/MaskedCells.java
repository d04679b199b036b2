package dev.godwit.mapping.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.Misfit;
import dev.godwit.spi.record.RecordBatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.VarCharVector;

/** Masks one column, batch by batch. Used by one thread. */
final class MaskedCells {
  private static final byte[] UUIDS = {'g', 'w', 'u', 1};

  private final ColumnMask mask;
  private final Optional<HiddenNumbers> numbers;
  private final Optional<HiddenText> texts;
  private final Optional<Mac> uuids;
  private final boolean padded;
  private final boolean anyCase;

  MaskedCells(ColumnMask mask) {
    this.mask = mask;
    this.numbers = mask.key().map(HiddenNumbers::new);
    this.texts = mask.key().map(HiddenText::new);
    this.uuids = mask.key().map(MaskKey::mac);
    TextLength length = TextLength.of(mask.field());
    this.padded = length.padded();
    this.anyCase = length.anyCase();
  }

  int column() {
    return mask.column();
  }

  /** The column with every value masked; owned by the caller. */
  FieldVector of(RecordBatch batch, LargeSpool large, BufferAllocator allocator) {
    FieldVector source = batch.rows().getVector(mask.column());
    FieldVector made = mask.field().createVector(allocator);
    try {
      made.setInitialCapacity(batch.rowCount());
      made.allocateNew();
      if (!(mask.kind() instanceof MaskKind.Null)) {
        for (int row = 0; row < batch.rowCount(); row++) {
          set(made, row, source, batch, large);
        }
      }
      made.setValueCount(batch.rowCount());
      return made;
    } catch (RuntimeException | Error e) {
      made.close();
      throw e;
    }
  }

  private void set(
      FieldVector made, int row, FieldVector source, RecordBatch batch, LargeSpool large) {
    Misfit misfit = batch.misfitAt(row, mask.column());
    LargeReference reference = batch.largeAt(row, mask.column());
    if (source.isNull(row) && misfit == null && reference == null) {
      return;
    }
    switch (mask.type()) {
      case TEXT -> {
        byte[] text =
            mask.kind() instanceof MaskKind.Fixed fixed
                ? FixedValue.text(fixed.text())
                : reference != null
                    ? large(reference, large)
                    : text(misfit != null ? misfit.bytes() : ((VarCharVector) source).get(row));
        ((VarCharVector) made).setSafe(row, padded ? Blanks.to(mask.length(), text) : text);
      }
      case INTEGER -> {
        // A misfit in a column of whole numbers is hidden by what its bytes hash to.
        long number =
            mask.kind() instanceof MaskKind.Fixed fixed
                ? Long.parseLong(fixed.text())
                : numbers
                    .orElseThrow()
                    .of(
                        misfit != null
                            ? Arrays.hashCode(misfit.bytes()) & 0x7f
                            : ((BaseIntVector) source).getValueAsLong(row));
        ((BaseIntVector) made).setUnsafeWithPossibleTruncate(row, number);
      }
      case BOOL ->
          ((BitVector) made)
              .setSafe(row, ((MaskKind.Fixed) mask.kind()).text().equals("true") ? 1 : 0);
      case UUID -> {
        byte[] uuid =
            mask.kind() instanceof MaskKind.Fixed fixed
                ? FixedValue.uuidBytes(fixed.text())
                : uuid(misfit != null ? misfit.bytes() : ((FixedSizeBinaryVector) source).get(row));
        ((FixedSizeBinaryVector) made).setSafe(row, uuid);
      }
      default -> throw new IllegalStateException("no mask for " + mask.field());
    }
  }

  private byte[] text(byte[] stored) {
    byte[] value = told(stored);
    return mask.kind() instanceof MaskKind.KeepDomain
        ? texts.orElseThrow().keepingDomain(value, mask.length())
        : texts.orElseThrow().of(value, mask.length());
  }

  /** What of a text tells it apart from others: equal texts are hidden behind equal ones. */
  private byte[] told(byte[] stored) {
    if (anyCase) {
      return new String(stored, UTF_8).toLowerCase(Locale.ROOT).getBytes(UTF_8);
    }
    return padded ? Blanks.without(stored) : stored;
  }

  /** No address is that long: all of it is hidden, its end too. */
  private byte[] large(LargeReference reference, LargeSpool large) {
    try (InputStream value = large.open(reference)) {
      return texts.orElseThrow().of(value, mask.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A UUID of version 8, which is for values made in a way of one's own (RFC 9562). */
  private byte[] uuid(byte[] value) {
    Mac mac = uuids.orElseThrow();
    mac.update(UUIDS);
    byte[] uuid = Arrays.copyOf(mac.doFinal(value), 16);
    uuid[6] = (byte) ((uuid[6] & 0x0f) | 0x80);
    uuid[8] = (byte) ((uuid[8] & 0x3f) | 0x80);
    return uuid;
  }
}
