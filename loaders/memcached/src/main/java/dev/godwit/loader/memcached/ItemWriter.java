package dev.godwit.loader.memcached;

import dev.godwit.extractor.memcached.value.Keys;
import dev.godwit.loader.memcached.LoadOptions.IfExists;
import dev.godwit.loader.memcached.placement.Placement;
import dev.godwit.spi.load.RecordWriter;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.LargeReference;
import dev.godwit.spi.record.LargeSpool;
import dev.godwit.spi.record.LargeValue;
import dev.godwit.spi.record.RecordBatch;
import dev.godwit.spi.record.RecordItem;
import dev.godwit.spi.run.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one partition. Items stay where they were written when it is aborted: the load does not
 * count as done.
 *
 * <p>Every item is added first, so that a key which comes twice is never written over. Where items
 * that are there are to be replaced, those are told from the load's own by their CAS number, and
 * written over only while they still have it.
 */
final class ItemWriter implements RecordWriter {
  /** Bytes that servers keep beside key and value at most: the item's head, flags, CAS, ends. */
  private static final int MOST_BESIDE = 128;

  private final DatasetName dataset;
  private final List<ServerState> states;
  private final Placement placement;
  private final IfExists ifExists;
  private final Rejects rejects;
  private final Cancellation cancellation;
  private final List<Pipeline> pipelines = new ArrayList<>();
  private final LargeSpool spool = new LargeSpool();
  private final List<Integer> there = new ArrayList<>();
  private ItemRows rows;
  private long met;
  private long refused;
  private long bytes;

  ItemWriter(
      DatasetName dataset,
      List<ServerState> states,
      Placement placement,
      IfExists ifExists,
      Rejects rejects,
      Cancellation cancellation) {
    this.dataset = dataset;
    this.states = states;
    this.placement = placement;
    this.ifExists = ifExists;
    this.rejects = rejects;
    this.cancellation = cancellation;
    try {
      states.forEach(
          state -> pipelines.add(new Pipeline(state.server(), new Answered(), cancellation)));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public void write(RecordItem item) {
    cancellation.check();
    if (item instanceof LargeValue value) {
      spool.keep(value);
      return;
    }
    rows = new ItemRows((RecordBatch) item, dataset);
    for (int row = 0; row < rows.count(); row++) {
      cancellation.check();
      add(row);
    }
    met += rows.count();
    settle();
    if (ifExists == IfExists.REPLACE) {
      replace();
    }
    for (int row : there) {
      if (ifExists == IfExists.KEEP) {
        refused++;
        rejects.keep();
      } else {
        reject(
            row, "an item is there under it: the key came twice, or a client wrote it meanwhile");
      }
    }
    there.clear();
    spool.clear();
  }

  private void add(int row) {
    byte[] key = rows.key(row);
    Keys.Word word = Keys.word(key).orElse(null);
    int server = placement.of(key);
    long expires = rows.expires(row);
    long largest = states.get(server).server().largestItem();
    if (word == null) {
      reject(row, "a key has 1 to 250 bytes, and 186 where any is a blank or control character");
    } else if (expires > Integer.MAX_VALUE) {
      reject(row, "it expires after January 2038, which the server cannot be told");
    } else if (rows.flags(row) < 0 || rows.flags(row) > 0xffffffffL) {
      reject(row, "flags are 0 to 4294967295, not " + rows.flags(row));
    } else if (key.length + rows.length(row) > largest) {
      reject(
          row,
          "its value has "
              + rows.length(row)
              + " bytes, and the server takes "
              + largest
              + " (-I)");
    } else if (expires != ItemRows.NEVER && expires <= states.get(server).now()) {
      rejects.expire();
    } else if (ifExists == IfExists.KEEP
        && key.length + rows.length(row) + MOST_BESIDE > largest
        && isThere(server, word)) {
      there.add(row);
    } else {
      send(server, row, word, "ME");
      bytes += key.length + rows.length(row);
    }
  }

  /** A server drops what is there where it finds, with what it keeps beside, an item too large. */
  private boolean isThere(int server, Keys.Word word) {
    settle();
    try {
      return pipelines.get(server).casOf(List.of(word))[0] != Pipeline.GONE;
    } catch (IOException e) {
      throw states.get(server).server().failures().lost(e);
    }
  }

  /**
   * Sends an item. Its expiry is given as seconds since 1970, never as what is left: the server
   * takes more than 30 days for such a time, and a time of ours is never less than that.
   */
  private void send(int server, int row, Keys.Word word, String mode) {
    long expires = rows.expires(row);
    long flags = rows.flags(row);
    String all =
        mode + (flags == 0 ? "" : " F" + flags) + (expires == ItemRows.NEVER ? "" : " T" + expires);
    Pipeline pipeline = pipelines.get(server);
    LargeReference large = rows.large(row);
    try {
      if (large == null) {
        pipeline.set(
            row,
            word,
            all,
            (int) rows.length(row),
            (from, into, offset, count) -> rows.copy(row, from, into, offset, count));
      } else {
        try (InputStream value = spool.open(large)) {
          pipeline.set(row, word, all, large.length(), value);
        }
      }
    } catch (IOException e) {
      throw states.get(server).server().failures().lost(e);
    }
  }

  private void settle() {
    for (int server = 0; server < pipelines.size(); server++) {
      try {
        pipelines.get(server).settle();
      } catch (IOException e) {
        throw states.get(server).server().failures().lost(e);
      }
    }
  }

  /** Writes over what was there before the load; what was not stays among {@link #there}. */
  private void replace() {
    List<Integer> some = List.copyOf(there);
    there.clear();
    for (int server = 0; server < pipelines.size(); server++) {
      int here = server;
      List<Integer> of = some.stream().filter(r -> placement.of(rows.key(r)) == here).toList();
      List<Keys.Word> words =
          of.stream().map(row -> Keys.word(rows.key(row)).orElseThrow()).toList();
      long[] found;
      try {
        found = pipelines.get(server).casOf(words);
      } catch (IOException e) {
        throw states.get(server).server().failures().lost(e);
      }
      for (int i = 0; i < found.length; i++) {
        if (found[i] == Pipeline.GONE) {
          send(server, of.get(i), words.get(i), "ME");
        } else if (states.get(server).isOlder(found[i])) {
          send(server, of.get(i), words.get(i), "C" + Long.toUnsignedString(found[i]));
        } else {
          there.add(of.get(i));
        }
      }
    }
    settle();
  }

  private void reject(int row, String why) {
    refused++;
    rejects.reject(rows.key(row), why);
  }

  private final class Answered implements Pipeline.Refused {
    @Override
    public void there(int row) {
      there.add(row);
    }

    @Override
    public void failed(int row, String why) {
      reject(row, why);
    }
  }

  @Override
  public Commit commit() {
    cancellation.check();
    return new Commit(met - refused, bytes + met, -1, refused);
  }

  @Override
  public void abort() {
    spool.clear();
  }

  @Override
  public void close() {
    pipelines.forEach(Pipeline::close);
    spool.close();
  }
}
