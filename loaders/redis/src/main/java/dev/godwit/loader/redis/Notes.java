package dev.godwit.loader.redis;

import dev.godwit.loader.redis.wire.Tally;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** What a person should know of a load. */
final class Notes {
  private Notes() {}

  static List<String> of(Collection<Tally> tallies) {
    List<String> notes = new ArrayList<>();
    add(notes, tallies, Tally::expired, "keys that had expired, left out: ");
    add(notes, tallies, Tally::kept, "keys that were there, kept: ");
    add(notes, tallies, Tally::empty, "keys without elements, which a server does not hold: ");
    add(
        notes,
        tallies,
        Tally::pending,
        "left out because no command says it: deleted entries of large streams that still wait to"
            + " be acknowledged: ");
    return notes;
  }

  private static void add(
      List<String> notes,
      Collection<Tally> tallies,
      Function<Tally, LongAdder> which,
      String what) {
    long count = tallies.stream().map(which).mapToLong(LongAdder::sum).sum();
    if (count > 0) {
      notes.add(what + count);
    }
  }
}
