package dev.godwit.mapping.keyvalue;

import dev.godwit.mapping.Losses;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.spi.dataset.Partition;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.RecordBatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.arrow.vector.VarBinaryVector;
import org.bson.BsonBinaryReader;
import org.bson.BsonSerializationException;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonValueCodec;
import org.bson.codecs.DecoderContext;

/** Makes keys with values of one partition's documents. Used by one thread. */
final class DocumentKeys implements KeyedRecords {
  private static final BsonValueCodec VALUES = new BsonValueCodec();
  private static final DecoderContext CONTEXT = DecoderContext.builder().build();

  private final Partition partition;
  private final RowForm form;
  private final KeyHead head;
  private final KeyTemplate template;
  private final KeyKinds kinds;
  private final Losses losses;
  private final List<byte[]> literals;
  private final List<String[]> paths;
  private RecordBatch batch;
  private LargeSpool spool;
  private RawBsonDocument document;
  private byte[] bytes;
  private long before;
  private int current;

  DocumentKeys(
      Partition partition,
      RowForm form,
      KeyHead head,
      KeyTemplate template,
      KeyKinds kinds,
      Losses losses) {
    this.partition = partition;
    this.form = form;
    this.head = head;
    this.template = template;
    this.kinds = kinds;
    this.losses = losses;
    this.literals =
        template.literals().stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    this.paths = template.columns().stream().map(path -> path.split("\\.", -1)).toList();
  }

  @Override
  public void over(RecordBatch next, LargeSpool large) {
    batch = next;
    spool = large;
  }

  @Override
  public void key(int row, GrowingBytes out) {
    current = row;
    try {
      bytes = bytes(row);
      document = new RawBsonDocument(bytes);
      out.ascii(literals.get(0));
      for (int place = 0; place < paths.size(); place++) {
        int start = out.size();
        byte[] text = text(place).getBytes(StandardCharsets.UTF_8);
        out.raw(text, 0, text.length);
        byte[] next = literals.get(place + 1);
        if (place + 1 < paths.size()) {
          checkApart(place, next[0], start, out);
        }
        out.ascii(next);
      }
    } catch (BsonSerializationException | IllegalArgumentException e) {
      throw new GodwitException(
          ExitCode.FAILED,
          "document %d of partition %s cannot become a key: %s"
              .formatted(before + row, partition, e.getMessage()),
          "see what it is with a query, or leave it out with --where",
          e);
    }
  }

  private byte[] bytes(int row) {
    LargeReference large = batch.large().isEmpty() ? null : batch.largeAt(row, 0);
    if (large == null) {
      return ((VarBinaryVector) batch.rows().getVector(0)).get(row);
    }
    try (InputStream in = spool.open(large)) {
      return in.readAllBytes(); // a server takes 16 MiB at most
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(int place) {
    BsonValue value = document;
    for (String name : paths.get(place)) {
      value = value != null && value.isDocument() ? value.asDocument().get(name) : null;
    }
    if (value == null) {
      throw refused(place, "is missing, and stands in its key", "leave such out with --where");
    }
    KeyValueText.Kind kind =
        KeyValueText.kind(value)
            .orElseThrow(
                () ->
                    refused(
                        place,
                        "is neither text nor a number nor any other single value",
                        "name another field in --key, beside {_id}"));
    kinds.meet(place, kind, name());
    String text = KeyValueText.of(value);
    if (text.indexOf('\ufffd') >= 0) { // what is not UTF-8 is read so, whatever it was
      throw refused(place, "is text that is not valid, or looks so", "leave such out with --where");
    }
    return text;
  }

  private void checkApart(int place, byte separator, int start, GrowingBytes out) {
    for (int at = start; at < out.size(); at++) {
      if (out.array()[at] == separator) {
        throw refused(
            place,
            "holds '" + (char) separator + "', which ends it in the key",
            "put another character after {%s} in --key, which no value holds"
                .formatted(template.columns().get(place)));
      }
    }
  }

  private GodwitException refused(int place, String why, String hint) {
    return new GodwitException(
        ExitCode.FAILED,
        "%s of document %s %s".formatted(template.columns().get(place), name(), why),
        hint);
  }

  /** The document, for people. */
  private String name() {
    BsonValue id = document.get("_id");
    return id == null
        ? before + current + " of partition " + partition.ordinal()
        : "_id=" + KeyValueText.of(id);
  }

  @Override
  public KeyHead head(int row) {
    return head;
  }

  @Override
  public void value(int row, GrowingBytes out) {
    int start = out.size();
    if (form instanceof HashForm) {
      hash(out);
    } else {
      byte[] json = document.toJson(KeyValueText.RELAXED).getBytes(StandardCharsets.UTF_8);
      out.raw(json, 0, json.length);
    }
    byte[] made = Arrays.copyOfRange(out.array(), start, out.size());
    if (KeyValueText.holdsReplacement(made) && !KeyValueText.holdsReplacement(bytes)) {
      lost("it holds text that is not valid UTF-8");
    }
  }

  private void hash(GrowingBytes out) {
    Map<byte[], byte[]> fields = new TreeMap<>(Arrays::compareUnsigned);
    try (BsonBinaryReader reader = new BsonBinaryReader(java.nio.ByteBuffer.wrap(bytes))) {
      reader.readStartDocument();
      while (reader.readBsonType() != org.bson.BsonType.END_OF_DOCUMENT) {
        byte[] name = reader.readName().getBytes(StandardCharsets.UTF_8);
        BsonValue value = VALUES.decode(reader, CONTEXT);
        if (fields.containsKey(name)) {
          lost("a name comes twice in it, and the last holds");
        }
        if (value.isNull()) {
          fields.remove(name);
        } else {
          fields.put(name, KeyValueText.bytes(value));
        }
      }
    }
    form.open(out);
    boolean further = false;
    for (Map.Entry<byte[], byte[]> field : fields.entrySet()) {
      if (further) {
        out.int1(',');
      }
      form.name(field.getKey(), out);
      JsonStrings.bytes(field.getValue(), 0, field.getValue().length, out);
      form.after(out);
      further = true;
    }
    form.close(out);
  }

  private void lost(String why) {
    losses.lost(partition.dataset(), batch.rows().getVector(0).getName(), name(), why);
  }

  /** Documents are never so large that they could not be made in memory. */
  @Override
  public Optional<InputStream> large(int row) {
    return Optional.empty();
  }

  @Override
  public void end() {
    before += batch.rowCount();
  }
}
