package dev.godwit.extractor.redis.value;

import java.util.List;
import java.util.OptionalLong;

/**
 * What a stream keeps beside its entries.
 *
 * @param last the last id that was given out
 * @param deleted the greatest id that was deleted; null where the server does not know (before 7.0)
 * @param added how many entries ever were; empty where the server does not know
 * @param groups those who read it together
 */
public record StreamState(StreamId last, StreamId deleted, OptionalLong added, List<Group> groups) {

  /**
   * A group of consumers.
   *
   * @param name of the group
   * @param last the last id that was delivered
   * @param read how many entries were; empty where the server does not know, -1 where it lost count
   * @param consumers its members
   * @param pending what was delivered and not acknowledged, by id
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Group(
      byte[] name,
      StreamId last,
      OptionalLong read,
      List<Consumer> consumers,
      List<Pending> pending) {}

  /**
   * A consumer.
   *
   * @param name of the consumer
   * @param seen when it last asked, milliseconds
   * @param active when it last got something; empty where the server does not know (before 7.2)
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Consumer(byte[] name, long seen, OptionalLong active) {}

  /**
   * An entry that waits to be acknowledged.
   *
   * @param id of the entry, which may be deleted by now
   * @param consumer who has it
   * @param delivered when, milliseconds
   * @param deliveries how often
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Pending(StreamId id, byte[] consumer, long delivered, long deliveries) {}
}
