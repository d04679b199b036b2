package dev.godwit.extractor.redis.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/**
 * Writes the JSON of a value, some elements at a time, so that a value of any size can be written
 * in bounded memory. Used by one thread.
 */
final class JsonWriter implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();
  private static final double EXACT_INTEGERS = 1e15;

  private final Value value;
  private final Iterator<?> parts;
  private final JsonGenerator json;
  private boolean done;

  /** Writes to {@code out}; nothing but what begins the JSON is written yet. */
  JsonWriter(Value value, ByteArrayOutputStream out) throws IOException {
    this.value = value;
    this.json = JSON.createGenerator(out);
    if (value instanceof Value.Elements elements) {
      this.parts =
          switch (elements.type()) {
            case SET, HASH -> new SortedElements(elements.elements(), Element.BY_NAME);
            case SORTED_SET -> new SortedElements(elements.elements(), Element.BY_SCORE);
            default -> elements.elements();
          };
    } else {
      this.parts = ((Value.Stream) value).entries();
      json.writeStartObject();
      json.writeFieldName("entries");
    }
    json.writeStartArray();
  }

  boolean done() {
    return done;
  }

  /** Writes the next element, or what ends the JSON. */
  void step() throws IOException {
    if (!parts.hasNext()) {
      json.writeEndArray();
      if (value instanceof Value.Stream stream) {
        state(stream.state().get());
        json.writeEndObject();
      }
      json.flush();
      done = true;
      return;
    }
    Object part = parts.next();
    if (part instanceof Element element) {
      element(element);
    } else {
      entry((Value.StreamEntry) part);
    }
    json.flush();
  }

  private void element(Element element) throws IOException {
    switch (value.type()) {
      case SORTED_SET -> {
        json.writeStartArray();
        string(element.name());
        score(element.score());
        json.writeEndArray();
      }
      case HASH -> {
        json.writeStartArray();
        string(element.name());
        string(element.value());
        if (element.expires() != Element.NEVER) {
          json.writeNumber(element.expires());
        }
        json.writeEndArray();
      }
      default -> string(element.name());
    }
  }

  private void score(double score) throws IOException {
    boolean integer = score == Math.rint(score) && Math.abs(score) < EXACT_INTEGERS;
    if (integer && Double.doubleToRawLongBits(score) != Double.doubleToRawLongBits(-0.0)) {
      json.writeNumber((long) score);
    } else {
      json.writeNumber(score); // what is no number in JSON becomes a string
    }
  }

  private void string(byte[] bytes) throws IOException {
    if (isText(bytes)) {
      json.writeUTF8String(bytes, 0, bytes.length);
    } else {
      json.writeStartObject();
      json.writeFieldName("base64");
      json.writeBinary(bytes);
      json.writeEndObject();
    }
  }

  private static boolean isText(byte[] bytes) {
    boolean ascii = true;
    for (byte b : bytes) {
      if (b == 0) {
        return false;
      }
      ascii &= b > 0;
    }
    if (ascii) {
      return true;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).length() > 0;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private void entry(Value.StreamEntry entry) throws IOException {
    json.writeStartArray();
    json.writeString(entry.id().toString());
    json.writeStartArray();
    for (byte[] part : entry.parts()) {
      string(part);
    }
    json.writeEndArray();
    json.writeEndArray();
  }

  private void state(StreamState state) throws IOException {
    json.writeStringField("last", state.last().toString());
    if (state.deleted() != null) {
      json.writeStringField("deleted", state.deleted().toString());
    }
    if (state.added().isPresent()) {
      json.writeNumberField("added", state.added().getAsLong());
    }
    json.writeArrayFieldStart("groups");
    for (StreamState.Group group : state.groups()) {
      json.writeStartObject();
      json.writeFieldName("name");
      string(group.name());
      json.writeStringField("last", group.last().toString());
      if (group.read().isPresent()) {
        json.writeNumberField("read", group.read().getAsLong());
      }
      consumers(group);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void consumers(StreamState.Group group) throws IOException {
    json.writeArrayFieldStart("consumers");
    for (StreamState.Consumer consumer : group.consumers()) {
      json.writeStartObject();
      json.writeFieldName("name");
      string(consumer.name());
      json.writeNumberField("seen", consumer.seen());
      if (consumer.active().isPresent()) {
        json.writeNumberField("active", consumer.active().getAsLong());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("pending");
    for (StreamState.Pending pending : group.pending()) {
      json.writeStartArray();
      json.writeString(pending.id().toString());
      string(pending.consumer());
      json.writeNumber(pending.delivered());
      json.writeNumber(pending.deliveries());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  @Override
  public void close() {
    if (parts instanceof SortedElements sorted) {
      sorted.close();
    }
  }
}
