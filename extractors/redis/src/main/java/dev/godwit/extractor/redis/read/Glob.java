package dev.godwit.extractor.redis.read;

/**
 * A pattern of keys, as the server's own commands take it: {@code *}, {@code ?}, {@code [a-z]},
 * {@code [^a]}, a backslash before what is meant as it stands.
 *
 * @see <a href="https://redis.io/docs/latest/commands/keys/">KEYS</a>
 */
final class Glob {
  private final byte[] pattern;

  Glob(byte[] pattern) {
    this.pattern = pattern;
  }

  boolean matches(byte[] key) {
    int at = 0;
    int in = 0;
    int star = -1;
    int tried = 0;
    while (in < key.length) {
      int after = at < pattern.length && pattern[at] != '*' ? one(at, key[in] & 0xff) : -1;
      if (after >= 0) {
        at = after;
        in++;
      } else if (at < pattern.length && pattern[at] == '*') {
        star = at++;
        tried = in;
      } else if (star >= 0) {
        at = star + 1;
        in = ++tried;
      } else {
        return false;
      }
    }
    while (at < pattern.length && pattern[at] == '*') {
      at++;
    }
    return at == pattern.length;
  }

  /** Where the pattern goes on once one byte fitted; -1 where it does not fit. */
  private int one(int at, int value) {
    return switch (pattern[at]) {
      case '?' -> at + 1;
      case '[' -> range(at + 1, value);
      case '\\' -> {
        boolean last = at + 1 == pattern.length;
        yield (pattern[last ? at : at + 1] & 0xff) == value ? at + (last ? 1 : 2) : -1;
      }
      default -> (pattern[at] & 0xff) == value ? at + 1 : -1;
    };
  }

  private int range(int from, int value) {
    int at = from;
    boolean not = at < pattern.length && pattern[at] == '^';
    if (not) {
      at++;
    }
    boolean found = false;
    while (at < pattern.length && pattern[at] != ']') {
      if (pattern[at] == '\\' && at + 1 < pattern.length) {
        found |= (pattern[at + 1] & 0xff) == value;
        at += 2;
      } else if (at + 2 < pattern.length && pattern[at + 1] == '-') {
        int one = pattern[at] & 0xff;
        int other = pattern[at + 2] & 0xff;
        found |= value >= Math.min(one, other) && value <= Math.max(one, other);
        at += 3;
      } else {
        found |= (pattern[at] & 0xff) == value;
        at++;
      }
    }
    return found != not ? Math.min(at + 1, pattern.length) : -1;
  }
}
