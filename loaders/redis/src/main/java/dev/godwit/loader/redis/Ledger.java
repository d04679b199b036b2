package dev.godwit.loader.redis;

import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.extractor.redis.value.Records;
import dev.godwit.loader.redis.slot.Nodes;
import dev.godwit.loader.redis.write.IfExists;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What of a plan is done, in one hash of the target, which is dropped at the very end: a field for
 * the plan, and one for each partition and each step of finishing. Each use is a connection of its
 * own, since hours may lie between two.
 */
final class Ledger {
  private static final String PLAN = "plan";
  private static final String IF_EXISTS = "if exists";
  private static final String DOING = "cannot use the ledger, key " + Records.LEDGER;

  private final Nodes nodes;
  private final int database;

  Ledger(Nodes nodes, int database) {
    this.nodes = nodes;
    this.database = database;
  }

  private Object call(String command, String... more) {
    String[] arguments = new String[more.length + 1];
    arguments[0] = Records.LEDGER;
    System.arraycopy(more, 0, arguments, 1, more.length);
    try (RedisConnection connection = nodes.holding(Records.LEDGER, database)) {
      return connection.call(DOING, command, arguments);
    }
  }

  /** The plan of an unfinished load; empty where there is none. */
  Optional<String> plan() {
    return get(PLAN);
  }

  /** Notes the plan, and in the same moment what it was to do with keys that were there. */
  void begin(String plan, IfExists ifExists) {
    Object ignored = call("HSET", PLAN, plan, IF_EXISTS, ifExists.name());
  }

  /**
   * Whether keys that others wrote were to stay: then what goes on with the load keeps them too.
   */
  boolean keepsOthers() {
    return get(IF_EXISTS).equals(Optional.of(IfExists.KEEP.name()));
  }

  boolean holds(String item) {
    return get(item).isPresent();
  }

  void mark(String item) {
    put(item, "done");
  }

  void put(String item, String value) {
    Object ignored = call("HSET", item, value);
  }

  Optional<String> get(String item) {
    return Optional.ofNullable((byte[]) call("HGET", item))
        .map(found -> new String(found, StandardCharsets.UTF_8));
  }

  void drop() {
    Object ignored = call("DEL");
  }
}
