package dev.godwit.loader.redis.write;

import dev.godwit.extractor.redis.value.Element;
import dev.godwit.extractor.redis.value.Value;
import dev.godwit.extractor.redis.value.ValueType;
import dev.godwit.loader.redis.wire.Answer;
import dev.godwit.loader.redis.wire.Chunk;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Writes a value by the commands of its type, in pieces of about 512 KiB. */
final class TypedCommands {
  private static final int PIECE = 1 << 19;
  private static final int MOST = 5000;

  private final Abilities abilities;

  TypedCommands(Abilities abilities) {
    this.abilities = abilities;
  }

  /**
   * Writes a value under a key that is not there.
   *
   * @param next where the next command goes
   */
  void write(Value value, byte[] key, String shown, Supplier<Chunk> next) throws IOException {
    if (value instanceof Value.Plain plain) {
      string(plain.bytes(), key, next);
    } else if (value instanceof Value.Stream stream) {
      new StreamCommands(abilities, key, next).write(stream);
    } else {
      elements((Value.Elements) value, key, shown, next);
    }
  }

  private static void string(InputStream bytes, byte[] key, Supplier<Chunk> next)
      throws IOException {
    byte[] piece = new byte[PIECE];
    int length;
    do { // at least once: an empty string is a key too
      length = bytes.readNBytes(piece, 0, PIECE);
      next.get().command(Words.APPEND, key, 1, Answer.DONE).argument(piece, 0, length);
    } while (length == PIECE);
  }

  private void elements(Value.Elements value, byte[] key, String shown, Supplier<Chunk> next) {
    List<Element> some = new ArrayList<>();
    long bytes = 0;
    Iterator<Element> all = value.elements();
    while (all.hasNext()) {
      Element element = all.next();
      some.add(element);
      bytes += element.name().length + (element.value() == null ? 0 : element.value().length);
      if (bytes >= PIECE || some.size() == MOST) {
        add(value.type(), key, shown, some, next);
        some.clear();
        bytes = 0;
      }
    }
    if (!some.isEmpty()) {
      add(value.type(), key, shown, some, next);
    }
  }

  private void add(
      ValueType type, byte[] key, String shown, List<Element> some, Supplier<Chunk> next) {
    Chunk.Word word =
        switch (type) {
          case LIST -> Words.PUSH;
          case SET -> Words.ADD_MEMBERS;
          case SORTED_SET -> Words.ADD_SCORES;
          default -> Words.SET_FIELDS;
        };
    int each = type == ValueType.LIST || type == ValueType.SET ? 1 : 2;
    Chunk chunk = next.get().command(word, key, some.size() * each, Answer.DONE);
    for (Element element : some) {
      if (type == ValueType.SORTED_SET) {
        chunk.argument(score(element.score()));
      }
      chunk.argument(element.name());
      if (type == ValueType.HASH) {
        chunk.argument(element.value());
      }
    }
    if (type == ValueType.HASH) {
      expire(key, shown, some, next);
    }
  }

  private static byte[] score(double score) {
    String text = Double.toString(score).replace("Infinity", "inf");
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private void expire(byte[] key, String shown, List<Element> some, Supplier<Chunk> next) {
    Map<Long, List<byte[]>> expiring = new LinkedHashMap<>();
    for (Element element : some) {
      if (element.expires() != Element.NEVER) {
        expiring.computeIfAbsent(element.expires(), e -> new ArrayList<>()).add(element.name());
      }
    }
    if (!expiring.isEmpty() && !abilities.fieldExpiry()) {
      throw new GodwitException(
          ExitCode.LOSSY,
          "hash " + shown + " has fields that expire, which " + abilities.name() + " cannot",
          "load into Redis 7.4 or newer, or leave the key out");
    }
    expiring.forEach(
        (until, fields) -> {
          Chunk chunk =
              next.get()
                  .command(Words.EXPIRE_FIELDS, key, fields.size() + 3, Answer.DONE)
                  .argument(until)
                  .argument(Words.FIELDS)
                  .argument(fields.size());
          fields.forEach(chunk::argument);
        });
  }
}
