package dev.godwit.loader.redis.wire;

import dev.godwit.loader.redis.payload.Output;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Commands that are sent together, and what each is expected to answer. Used by one thread. */
public final class Chunk {
  private static final int KEPT = 1 << 20;
  private static final byte[] LINE = {'\r', '\n'};

  private final Output out = new Output();
  private final List<Expected> expected = new ArrayList<>();
  private int keyAt;
  private int keyLength;
  private String about;

  /**
   * What a command is expected to answer.
   *
   * @param command its name
   * @param keyAt where its key stands in the chunk
   * @param keyLength of the key, in bytes
   * @param about the module that wrote the value, or the key where commands write it under another
   *     name; else null
   */
  record Expected(Answer answer, String command, int keyAt, int keyLength, String about) {}

  /** A word of commands, with its length as it is sent. */
  public static final class Word {
    private final String text;
    private final byte[] sent;

    /** A word. */
    public Word(String text) {
      this.text = text;
      this.sent =
          ("$" + text.length() + "\r\n" + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  Output bytes() {
    return out;
  }

  List<Expected> expected() {
    return expected;
  }

  /** How many bytes there are to be sent. */
  public int size() {
    return out.size();
  }

  void clear() {
    out.clear(KEPT);
    expected.clear();
  }

  /**
   * Says which key the next commands are about, because it is not the one that they name.
   *
   * @param key for people; null for the one that they name
   */
  public Chunk about(String key) {
    about = key;
    return this;
  }

  /**
   * Begins a command of a key.
   *
   * @param more how many arguments follow the key
   */
  public Chunk command(Word word, byte[] key, int offset, int length, int more, Answer answer) {
    command(word, more + 1);
    argument(key, offset, length);
    keyAt = out.size() - length - LINE.length;
    keyLength = length;
    return expect(word, answer, about);
  }

  /** Begins a command of a key. */
  public Chunk command(Word word, byte[] key, int more, Answer answer) {
    return command(word, key, 0, key.length, more, answer);
  }

  /** Puts a value of a module in place. */
  public Chunk restoreModule(Word word, byte[] key, int more, String module) {
    command(word, more + 1);
    argument(key);
    keyAt = out.size() - key.length - LINE.length;
    keyLength = key.length;
    return expect(word, Answer.MODULE_TAKEN, module);
  }

  /** A command without arguments. */
  public Chunk bare(Word word, Answer answer) {
    command(word, 0);
    return expect(word, answer, about);
  }

  /** Begins a command whose first argument is not its key. */
  public Chunk other(Word word, int arguments, Answer answer) {
    command(word, arguments);
    return expect(word, answer, about);
  }

  private void command(Word word, int arguments) {
    out.put('*').decimal(arguments + 1L).put(LINE).put(word.sent);
  }

  private Chunk expect(Word word, Answer answer, String about) {
    expected.add(new Expected(answer, word.text, keyAt, keyLength, about));
    return this;
  }

  /** An argument that is a word. */
  public Chunk argument(Word word) {
    out.put(word.sent);
    return this;
  }

  /** An argument. */
  public Chunk argument(byte[] value) {
    return argument(value, 0, value.length);
  }

  /** An argument that lies among other bytes. */
  public Chunk argument(byte[] from, int offset, int length) {
    out.put('$').decimal(length).put(LINE).put(from, offset, length).put(LINE);
    return this;
  }

  /** An argument that is a number. */
  public Chunk argument(long value) {
    if (value >= 0 && value < 10) {
      out.put('$').put('1').put(LINE).decimal(value).put(LINE);
      return this;
    }
    return argument(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
  }

  /** The head of an argument whose bytes are sent after the chunk, by somebody else. */
  Chunk head(long length) {
    out.put('$').decimal(length).put(LINE);
    return this;
  }
}
