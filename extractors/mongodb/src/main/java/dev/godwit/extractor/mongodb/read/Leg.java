package dev.godwit.extractor.mongodb.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * One query of those that read a range, each within one bracket, in the server's order.
 *
 * @param filter its condition; empty for all documents
 * @param optional whether a server that does not know it holds nothing that it would find
 */
record Leg(BsonDocument filter, boolean optional) {
  /** All documents at once. */
  static final Leg ALL = new Leg(new BsonDocument(), false);

  /** The queries that read from one mark up to, not including, another; no mark is no bound. */
  static List<Leg> between(Optional<BsonValue> from, Optional<BsonValue> to) {
    if (from.isEmpty() && to.isEmpty()) {
      return List.of(ALL);
    }
    Bracket first = from.flatMap(Bracket::ofMark).orElse(Bracket.MIN_KEY);
    Bracket last = to.flatMap(Bracket::ofMark).orElse(Bracket.MAX_KEY);
    List<Leg> legs = new ArrayList<>();
    for (Bracket bracket : Bracket.values()) {
      if (bracket.compareTo(first) >= 0 && bracket.compareTo(last) <= 0) {
        BsonDocument condition = new BsonDocument();
        bracket.all().forEach(condition::append);
        from.filter(mark -> bracket == first).ifPresent(mark -> condition.append("$gte", mark));
        to.filter(mark -> bracket == last).ifPresent(mark -> condition.append("$lt", mark));
        legs.add(new Leg(new BsonDocument("_id", condition), bracket == Bracket.ODD));
      }
    }
    return legs;
  }
}
