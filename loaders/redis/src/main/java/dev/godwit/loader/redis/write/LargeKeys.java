package dev.godwit.loader.redis.write;

import dev.godwit.extractor.redis.value.TypedReader;
import dev.godwit.extractor.redis.value.Value;
import dev.godwit.extractor.redis.value.ValueType;
import dev.godwit.loader.redis.payload.ModuleName;
import dev.godwit.loader.redis.slot.Slots;
import dev.godwit.loader.redis.wire.Answer;
import dev.godwit.loader.redis.wire.Chunk;
import dev.godwit.loader.redis.wire.KeyText;
import dev.godwit.loader.redis.wire.Lanes;
import dev.godwit.spi.run.Cancellation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;

/**
 * Writes keys whose values do not lie in their rows: in pieces under another name, each answered
 * before the next but one is sent, and renamed once all of it is there. Used by one thread.
 */
final class LargeKeys {
  private static final int PIECE = 1 << 20;
  private static final int HEAD = 16;

  private final Abilities abilities;
  private final TypedCommands typed;
  private final boolean replace;
  private final Cancellation cancellation;
  private Optional<byte[]> unfinished = Optional.empty();

  LargeKeys(Abilities abilities, IfExists ifExists, Cancellation cancellation) {
    this.abilities = abilities;
    this.typed = new TypedCommands(abilities);
    this.replace = ifExists != IfExists.KEEP;
    this.cancellation = cancellation;
  }

  /** The name of what was begun and never ended, if a write failed. */
  Optional<byte[]> unfinished() {
    return unfinished;
  }

  /** Writes a value of any type but a module's. */
  void write(ValueType type, byte[] key, InputStream form, long expires, Lanes lanes)
      throws IOException {
    byte[] temporary = Slots.temporary(key);
    unfinished = Optional.of(temporary);
    String shown = KeyText.of(key, 0, key.length);
    lanes.drain();
    lanes.chunk().about(shown).command(Words.DEL, temporary, 0, Answer.DONE);
    Value value =
        type == ValueType.STRING ? new Value.Plain(type, form) : TypedReader.read(type, form);
    typed.write(value, temporary, shown, () -> next(lanes));
    lanes.settle();
    finish(temporary, key, expires, lanes);
  }

  private Chunk next(Lanes lanes) {
    cancellation.check();
    if (lanes.chunk().size() >= PIECE) {
      lanes.settle();
    }
    return lanes.chunk();
  }

  /** Everything is there and answered: from here on the key is seen. */
  private void finish(byte[] temporary, byte[] key, long expires, Lanes lanes) {
    Chunk chunk = lanes.chunk();
    if (expires != SmallKeys.Row.NEVER) {
      chunk.command(Words.EXPIRE, temporary, 1, Answer.DONE).argument(expires);
    }
    chunk
        .command(
            replace ? Words.RENAME : Words.RENAME_IF_FREE,
            temporary,
            1,
            replace ? Answer.DONE : Answer.RENAMED_IF_FREE)
        .argument(key);
    chunk.command(Words.DEL, temporary, 0, Answer.DONE);
    lanes.settle();
    lanes.chunk().about(null);
    unfinished = Optional.empty();
  }

  /** Writes what a module wrote, which cannot be divided: it is passed on as it comes. */
  void module(byte[] key, InputStream payload, long length, long expires, Lanes lanes)
      throws IOException {
    byte[] head = payload.readNBytes(HEAD);
    String name = ModuleName.of(head, 0, head.length);
    abilities.modules().require(KeyText.of(key, 0, key.length), name, abilities.name());
    byte[] temporary = Slots.temporary(key);
    unfinished = Optional.of(temporary);
    lanes.drain();
    lanes
        .chunk()
        .command(Words.DEL, temporary, 0, Answer.DONE)
        .restoreModule(Words.RESTORE, temporary, 2, name)
        .argument(0);
    lanes.send(length, new SequenceInputStream(new ByteArrayInputStream(head), payload));
    lanes.chunk().about(KeyText.of(key, 0, key.length));
    finish(temporary, key, expires, lanes);
  }
}
