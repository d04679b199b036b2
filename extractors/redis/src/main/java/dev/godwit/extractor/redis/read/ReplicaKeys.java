package dev.godwit.extractor.redis.read;

import dev.godwit.extractor.redis.rdb.RdbException;
import dev.godwit.extractor.redis.rdb.RdbInput;
import dev.godwit.extractor.redis.rdb.ValueDecoder;
import dev.godwit.extractor.redis.value.Records;
import dev.godwit.extractor.redis.value.StreamState;
import dev.godwit.extractor.redis.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The keys of an RDB stream, database by database. What had expired when the server was joined, by
 * its own clock, is no key any more.
 */
final class ReplicaKeys implements KeyValue.Source {
  private static final byte[] LEDGER = Records.LEDGER.getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 9;

  private final ReplicaLink link;
  private final Selection selection;
  private final Tally tally;
  private RdbInput in;
  private int database;
  private boolean taken;
  private Optional<Glob> pattern = Optional.empty();
  private long made;
  private int version;
  private boolean ended;

  ReplicaKeys(ReplicaLink link, Selection selection, Tally tally) {
    this.link = link;
    this.selection = selection;
    this.tally = tally;
    this.made = link.begun();
    choose(0);
  }

  private void choose(int number) {
    database = number;
    taken = selection.takes(number);
    pattern = selection.pattern(number).map(Glob::new);
  }

  @Override
  public KeyValue next() {
    if (in == null) {
      begin();
    }
    long expires = KeyValue.NEVER;
    while (!ended) {
      int code = in.unsigned();
      switch (code) {
        case 0xff -> end();
        case 0xfe -> choose((int) in.length());
        case 0xfd -> expires = (in.littleEndianInt() & 0xffffffffL) * 1000;
        case 0xfc -> expires = in.littleEndian();
        case 0xfb -> lengths(2);
        case 0xfa -> about(in.string(), in.string());
        case 0xf9 -> {
          int ignored = in.unsigned();
        }
        case 0xf8 -> lengths(1);
        case 0xf7 -> ValueDecoder.skipModule(in);
        case 0xf5 -> about(in.string(), new byte[0]); // a library of functions
        case 0xf4 -> lengths(3);
        default -> {
          if (code >= 0xf0) {
            throw new RdbException("a part of kind " + code + " is not known");
          }
          KeyValue key = new KeyValue(database, in.string(), expires, ValueDecoder.read(code, in));
          if (wanted(key)) {
            return key;
          }
          skip(key.value());
          expires = KeyValue.NEVER;
        }
      }
    }
    return null;
  }

  private void begin() {
    try {
      in = link.data();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String header = new String(in.bytes(HEADER), StandardCharsets.US_ASCII);
    if (!header.startsWith("REDIS") && !header.startsWith("VALKEY")) {
      throw new RdbException("the data begins with " + header);
    }
    version = Integer.parseInt(header.replaceAll("[^0-9]", ""));
  }

  /** Since version 5 a checksum follows, which TCP's makes needless to compute. */
  private void end() {
    ended = true;
    if (version >= 5) {
      long ignored = in.littleEndian();
    }
    link.checkEnd(in);
  }

  private void about(byte[] name, byte[] value) {
    if (new String(name, StandardCharsets.US_ASCII).equals("ctime")) {
      made = Math.max(made, Long.parseLong(new String(value, StandardCharsets.US_ASCII)) * 1000);
    }
  }

  private void lengths(int count) {
    for (int i = 0; i < count; i++) {
      long ignored = in.length();
    }
  }

  private boolean wanted(KeyValue key) {
    boolean expired = key.expires() != KeyValue.NEVER && key.expires() <= made;
    if (taken && Arrays.equals(key.key(), LEDGER)) {
      tally.unfinished();
      return false;
    }
    boolean asked = taken && (pattern.isEmpty() || pattern.get().matches(key.key()));
    if (asked && expired) {
      tally.expired();
    }
    return asked && !expired;
  }

  private static void skip(Value value) {
    if (value instanceof Value.Plain plain) {
      try {
        byte[] piece = new byte[1 << 13];
        while (plain.bytes().read(piece) >= 0) {}
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    } else if (value instanceof Value.Elements elements) {
      elements.elements().forEachRemaining(element -> {});
    } else if (value instanceof Value.Stream stream) {
      stream.entries().forEachRemaining(entry -> {});
      StreamState ignored = stream.state().get();
    }
  }

  @Override
  public void close() {
    link.close();
  }
}
