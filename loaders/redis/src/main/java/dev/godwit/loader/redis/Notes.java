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
    add(notes, tallies, Tally::expired, "keys had expired and were left out");
    add(notes, tallies, Tally::kept, "keys were there and were kept");
    add(notes, tallies, Tally::empty, "keys had no elements, and a server holds no such keys");
    add(
        notes,
        tallies,
        Tally::pending,
        "entries of streams wait to be acknowledged and were deleted: the server no longer lets"
            + " that be said");
    return notes;
  }

  private static void add(
      List<String> notes,
      Collection<Tally> tallies,
      Function<Tally, LongAdder> which,
      String what) {
    long count = tallies.stream().map(which).mapToLong(LongAdder::sum).sum();
    if (count > 0) {
      notes.add(count + " " + what);
    }
  }
}
