package dev.godwit.loader.redis.write;

import dev.godwit.extractor.redis.value.TypedReader;
import dev.godwit.extractor.redis.value.Value;
import dev.godwit.extractor.redis.value.ValueType;
import dev.godwit.loader.redis.payload.ModuleName;
import dev.godwit.loader.redis.payload.Output;
import dev.godwit.loader.redis.payload.PayloadEncoder;
import dev.godwit.loader.redis.slot.Slots;
import dev.godwit.loader.redis.wire.Answer;
import dev.godwit.loader.redis.wire.Chunk;
import dev.godwit.loader.redis.wire.KeyText;
import dev.godwit.loader.redis.wire.Tally;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Writes keys whose values lie in their rows. Used by one thread. */
final class SmallKeys {
  private final Abilities abilities;
  private final boolean replace;
  private final Tally tally;
  private final PayloadEncoder encoder;
  private final TypedCommands typed;

  SmallKeys(Abilities abilities, IfExists ifExists, Tally tally) {
    this.abilities = abilities;
    this.replace = ifExists != IfExists.KEEP;
    this.tally = tally;
    this.encoder = new PayloadEncoder(abilities.newestStream());
    this.typed = new TypedCommands(abilities);
  }

  /**
   * A key and its value, each among other bytes.
   *
   * @param expires milliseconds since 1970, or {@link #NEVER}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Row(
      byte[] keys, int keyAt, int keyLength, byte[] values, int at, int length, long expires) {
    static final long NEVER = -1;

    byte[] key() {
      return Arrays.copyOfRange(keys, keyAt, keyAt + keyLength);
    }

    String shown() {
      return KeyText.of(keys, keyAt, keyLength);
    }

    boolean lasts() {
      return expires == NEVER;
    }
  }

  void write(ValueType type, Row row, Chunk chunk) {
    switch (type) {
      case STRING -> string(row, chunk);
      case MODULE -> module(row, chunk);
      default -> elements(type, row, chunk);
    }
  }

  private void string(Row row, Chunk chunk) {
    if (row.lasts() || abilities.setUntil()) {
      int more = 1 + (row.lasts() ? 0 : 2) + (replace ? 0 : 1);
      chunk
          .command(
              Words.SET,
              row.keys(),
              row.keyAt(),
              row.keyLength(),
              more,
              replace ? Answer.DONE : Answer.SET_IF_FREE)
          .argument(row.values(), row.at(), row.length());
      if (!row.lasts()) {
        chunk.argument(Words.UNTIL).argument(row.expires());
      }
      if (!replace) {
        chunk.argument(Words.IF_FREE);
      }
    } else if (abilities.restore()) {
      encoder.string(row.values(), row.at(), row.length());
      restore(row, chunk);
    } else {
      commands(
          new Value.Plain(
              ValueType.STRING, new ByteArrayInputStream(row.values(), row.at(), row.length())),
          row,
          chunk);
    }
  }

  private void elements(ValueType type, Row row, Chunk chunk) {
    try {
      PayloadEncoder.Outcome outcome =
          abilities.restore()
              ? encoder.elements(type, row.values(), row.at(), row.length())
              : PayloadEncoder.Outcome.UNSAID;
      switch (outcome) {
        case MADE -> restore(row, chunk);
        case EMPTY -> tally.empty().increment();
        case UNSAID ->
            commands(TypedReader.read(type, row.values(), row.at(), row.length()), row, chunk);
      }
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new GodwitException(
          ExitCode.FAILED,
          "the value of key " + row.shown() + " cannot be read: " + e.getMessage(),
          null,
          e);
    }
  }

  private void restore(Row row, Chunk chunk) {
    Output payload = encoder.payload();
    chunk.command(
        Words.RESTORE,
        row.keys(),
        row.keyAt(),
        row.keyLength(),
        2 + options(row),
        replace ? Answer.DONE : Answer.DONE_IF_FREE);
    arguments(row, chunk, payload);
  }

  private int options(Row row) {
    return (replace ? 1 : 0) + (row.lasts() ? 0 : 1);
  }

  private void arguments(Row row, Chunk chunk, Output payload) {
    chunk.argument(row.lasts() ? 0 : row.expires()).argument(payload.array(), 0, payload.size());
    if (replace) {
      chunk.argument(Words.REPLACE);
    }
    if (!row.lasts()) {
      chunk.argument(Words.ABSOLUTE);
    }
  }

  private void module(Row row, Chunk chunk) {
    String name = ModuleName.of(row.values(), row.at(), row.length());
    if (!abilities.restore()) {
      throw new GodwitException(
          ExitCode.FAILED,
          "key "
              + row.shown()
              + " is of the module type "
              + name
              + ", which goes by RESTORE only, and "
              + abilities.name()
              + " does not let us",
          "let the user run it: ACL SETUSER name +restore; or leave the key out");
    }
    abilities.modules().require(row.shown(), name, abilities.name());
    encoder.module(row.values(), row.at(), row.length());
    chunk.restoreModule(Words.RESTORE, row.key(), 2 + options(row), name);
    arguments(row, chunk, encoder.payload());
  }

  /** By commands of its type, in one transaction. */
  private void commands(Value value, Row row, Chunk chunk) {
    if (value instanceof Value.Elements elements && !elements.elements().hasNext()) {
      tally.empty().increment();
      return;
    }
    byte[] key = row.key();
    byte[] temporary = Slots.temporary(key);
    String shown = row.shown();
    chunk.about(shown);
    chunk.bare(Words.MULTI, Answer.DONE);
    chunk.command(Words.DEL, temporary, 0, Answer.DONE);
    try {
      typed.write(value, temporary, shown, () -> chunk);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!row.lasts()) {
      chunk.command(Words.EXPIRE, temporary, 1, Answer.DONE).argument(row.expires());
    }
    chunk
        .command(replace ? Words.RENAME : Words.RENAME_IF_FREE, temporary, 1, Answer.DONE)
        .argument(key);
    chunk.command(Words.DEL, temporary, 0, Answer.DONE);
    chunk.bare(Words.EXEC, replace ? Answer.EXECUTED : Answer.EXECUTED_IF_FREE);
    chunk.about(null);
  }
}
