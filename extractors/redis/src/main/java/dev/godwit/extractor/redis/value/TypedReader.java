package dev.godwit.extractor.redis.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;

/**
 * Reads the JSON of a value back, some elements at a time.
 *
 * <p>What is not of the form is thrown as {@link IllegalArgumentException}, a failure of the stream
 * as {@link UncheckedIOException}.
 */
public final class TypedReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private final ValueType type;
  private final JsonParser json;

  private TypedReader(ValueType type, JsonParser json) {
    this.type = type;
    this.json = json;
  }

  /**
   * The value of a JSON. It is read as the value is gone through.
   *
   * @param type neither string nor module, which have no JSON
   */
  public static Value read(ValueType type, InputStream in) {
    try {
      return new TypedReader(type, JSON.createParser(in)).value();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value of a JSON that is held. */
  public static Value read(ValueType type, byte[] bytes) {
    return read(type, bytes, 0, bytes.length);
  }

  /** The value of a JSON that lies among other bytes. */
  public static Value read(ValueType type, byte[] bytes, int from, int length) {
    try {
      return new TypedReader(type, JSON.createParser(bytes, from, length)).value();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Value value() throws IOException {
    if (type == ValueType.STREAM) {
      expect(JsonToken.START_OBJECT);
      field("entries");
      expect(JsonToken.START_ARRAY);
      return new Value.Stream(
          new Parts<Value.StreamEntry>() {
            @Override
            Value.StreamEntry part() throws IOException {
              return entry();
            }
          },
          this::state);
    }
    expect(JsonToken.START_ARRAY);
    return new Value.Elements(
        type,
        new Parts<Element>() {
          @Override
          Element part() throws IOException {
            return element();
          }
        });
  }

  private Element element() throws IOException {
    if (type == ValueType.LIST || type == ValueType.SET) {
      return Element.of(string());
    }
    byte[] name = nextString();
    json.nextToken();
    Element element;
    if (type == ValueType.SORTED_SET) {
      element = Element.scored(name, Double.parseDouble(json.getText()));
      json.nextToken();
    } else {
      byte[] value = string();
      boolean expires = json.nextToken() == JsonToken.VALUE_NUMBER_INT;
      element = Element.field(name, value, expires ? json.getLongValue() : Element.NEVER);
      if (expires) {
        json.nextToken();
      }
    }
    at(JsonToken.END_ARRAY);
    return element;
  }

  private Value.StreamEntry entry() throws IOException {
    StreamId id = StreamId.parse(json.nextTextValue());
    expect(JsonToken.START_ARRAY);
    List<byte[]> parts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      parts.add(string());
    }
    expect(JsonToken.END_ARRAY);
    return new Value.StreamEntry(id, parts);
  }

  private StreamState state() {
    try {
      StreamId last = null;
      StreamId deleted = null;
      OptionalLong added = OptionalLong.empty();
      List<StreamState.Group> groups = new ArrayList<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "last" -> last = StreamId.parse(json.getText());
          case "deleted" -> deleted = StreamId.parse(json.getText());
          case "added" -> added = OptionalLong.of(json.getLongValue());
          case "groups" -> {
            while (json.nextToken() != JsonToken.END_ARRAY) {
              groups.add(group());
            }
          }
          default -> throw bent();
        }
      }
      return new StreamState(last, deleted, added, groups);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private StreamState.Group group() throws IOException {
    byte[] name = null;
    StreamId last = null;
    OptionalLong read = OptionalLong.empty();
    List<StreamState.Consumer> consumers = new ArrayList<>();
    List<StreamState.Pending> pending = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "name" -> name = string();
        case "last" -> last = StreamId.parse(json.getText());
        case "read" -> read = OptionalLong.of(json.getLongValue());
        case "consumers" -> {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            consumers.add(consumer());
          }
        }
        case "pending" -> {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            StreamId id = StreamId.parse(json.nextTextValue());
            byte[] consumer = nextString();
            long delivered = json.nextLongValue(0);
            pending.add(new StreamState.Pending(id, consumer, delivered, json.nextLongValue(1)));
            expect(JsonToken.END_ARRAY);
          }
        }
        default -> throw bent();
      }
    }
    return new StreamState.Group(name, last, read, consumers, pending);
  }

  private StreamState.Consumer consumer() throws IOException {
    byte[] name = null;
    long seen = 0;
    OptionalLong active = OptionalLong.empty();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "name" -> name = string();
        case "seen" -> seen = json.getLongValue();
        case "active" -> active = OptionalLong.of(json.getLongValue());
        default -> throw bent();
      }
    }
    return new StreamState.Consumer(name, seen, active);
  }

  private byte[] nextString() throws IOException {
    json.nextToken();
    return string();
  }

  /** The string at which the parser stands. */
  private byte[] string() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return json.getText().getBytes(StandardCharsets.UTF_8);
    }
    at(JsonToken.START_OBJECT);
    field("base64");
    json.nextToken();
    byte[] bytes = json.getBinaryValue();
    expect(JsonToken.END_OBJECT);
    return bytes;
  }

  private void field(String name) throws IOException {
    expect(JsonToken.FIELD_NAME);
    if (!json.currentName().equals(name)) {
      throw bent();
    }
  }

  private void expect(JsonToken token) throws IOException {
    json.nextToken();
    at(token);
  }

  private void at(JsonToken token) {
    if (json.currentToken() != token) {
      throw bent();
    }
  }

  private IllegalArgumentException bent() {
    return new IllegalArgumentException(
        "the elements of a " + type.word() + " are not of the form");
  }

  /** The parts of an array, up to its end. */
  private abstract class Parts<T> implements Iterator<T> {
    private boolean looked;

    abstract T part() throws IOException;

    @Override
    public boolean hasNext() {
      try {
        if (!looked) {
          json.nextToken();
          looked = true;
        }
        return json.currentToken() != JsonToken.END_ARRAY || !looked;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      try {
        T part = part();
        looked = false;
        return part;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
