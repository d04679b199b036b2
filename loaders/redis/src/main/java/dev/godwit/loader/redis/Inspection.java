package dev.godwit.loader.redis;

import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.extractor.redis.session.RedisServer;
import dev.godwit.extractor.redis.value.Records;
import dev.godwit.loader.redis.slot.Nodes;
import dev.godwit.loader.redis.write.IfExists;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.Loader.Obstacle;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.spi.run.Cancellation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import redis.clients.jedis.exceptions.JedisDataException;

/** Looks for everything that stands in the way of a plan. Writes nothing. */
final class Inspection {
  /** How to remove what a load left that did not come to its end. */
  private static final String REMOVED =
      "empty the database, or delete its key " + Records.LEDGER + " and what was loaded";

  private final Target target;
  private final RedisServer server;
  private final Nodes nodes;
  private final IfExists ifExists;
  private final Cancellation cancellation;
  private final List<Obstacle> obstacles = new ArrayList<>();
  private final Map<Integer, DatasetName> byDatabase = new HashMap<>();

  Inspection(Target target, IfExists ifExists, Cancellation cancellation) {
    this.target = target;
    this.server = target.server();
    this.nodes = Nodes.of(server);
    this.ifExists = ifExists;
    this.cancellation = cancellation;
  }

  List<Obstacle> obstacles() {
    if (server.text("role").equals("slave")) {
      return List.of(
          new Obstacle(
              server.host() + " is a replica, which takes no keys",
              "name its primary, %s:%s"
                  .formatted(server.text("master_host"), server.text("master_port"))));
    }
    try (RedisConnection connection = server.connect()) {
      try (Stream<Dataset> datasets = target.plan().catalogue().datasets()) {
        datasets.forEach(this::look);
      }
      if (!obstacles.isEmpty()) {
        return obstacles;
      }
      target.databases().forEach(database -> open(connection, database));
      if (!obstacles.isEmpty()) {
        return obstacles;
      }
      Optional<Obstacle> unfinished = unfinished();
      if (unfinished.isPresent()) {
        return List.of(unfinished.get());
      }
      if (ifExists == IfExists.FAIL && !resumed()) {
        lookForKeys();
      }
      if (target.sameKind()) {
        try (Stream<SchemaObject> objects = target.plan().catalogue().objects()) {
          new DefinitionsCheck(server, connection, ifExists, resumed()).look(objects, this::add);
        }
      }
      return obstacles;
    }
  }

  private boolean resumed() {
    return new Ledger(nodes, target.databases().first()).plan().isPresent();
  }

  private void look(Dataset dataset) {
    cancellation.check();
    DatasetName name = dataset.name();
    if (!KeyValues.in(dataset.schema())) {
      add(name + " holds no keys with values", "leave it out with --exclude");
      return;
    }
    OptionalInt database = target.database(name);
    if (database.isEmpty()) {
      add(
          "no database can be called " + target.plan().renames().of(name).last(),
          "databases are called db0, db1, ...: --rename " + name + "=db0");
      return;
    }
    int number = database.getAsInt();
    if (server.database().isPresent() && server.database().get() != number) {
      add(
          name + " is to be loaded into db" + number + ", and the URI names " + named(),
          "say --rename " + name.last() + "=" + named() + ", or leave the number out");
    }
    DatasetName other = byDatabase.putIfAbsent(number, name);
    if (other != null && target.sameKind()) {
      add(
          other + " and " + name + " would both be db" + number,
          "give one of them another number with --rename");
    } else if (other != null && number > 0 && isNumbered(other) != isNumbered(name)) {
      // The mapping took them for two spaces of keys, and held the one's against no other's.
      add(
          other + " and " + name + " would both be in db" + number,
          "the URI names its number already: leave it out of --rename");
    }
  }

  private boolean isNumbered(DatasetName name) {
    return Records.database(target.plan().renames().of(name)).isPresent();
  }

  private String named() {
    return "db" + server.database().orElseThrow();
  }

  private void open(RedisConnection connection, int database) {
    cancellation.check();
    if (server.clustered() && database > 0) {
      add(
          server.host() + " is of a cluster, which has no database " + database,
          "load one database, as db0: --include and --rename");
      return;
    }
    try {
      Object ignored = connection.ask("SELECT", Integer.toString(database));
    } catch (JedisDataException e) {
      if (!String.valueOf(e.getMessage()).contains("out of range")) {
        throw connection.failures().of("cannot open db" + database, "SELECT", e);
      }
      add(
          server.host() + " has no database " + database,
          "raise 'databases' in its configuration, or give it a lower number with --rename");
    }
  }

  private Optional<Obstacle> unfinished() {
    int ledger = target.databases().first();
    for (int database : target.databases()) {
      Optional<String> plan = new Ledger(nodes, database).plan();
      boolean own =
          target.plan().resume()
              && database == ledger
              && plan.equals(Optional.of(target.plan().id()));
      if (plan.isPresent() && !own) {
        String where = "in db" + database + " of " + server.host();
        return Optional.of(
            new Obstacle(
                target.plan().resume()
                    ? "the unfinished load " + where + " is of another plan"
                    : "an unfinished load is " + where,
                target.plan().resume()
                    ? "go on as it was begun: the same snapshot, filters, renames, mapping and masks; or "
                        + REMOVED
                    : REMOVED,
                true));
      }
      if (own && ifExists != IfExists.KEEP && new Ledger(nodes, database).keepsOthers()) {
        return Optional.of(
            new Obstacle(
                "the unfinished load in db%d of %s was to keep the keys that were there"
                    .formatted(database, server.host()),
                "go on with --if-exists keep: without it they would be replaced",
                true));
      }
    }
    return Optional.empty();
  }

  private void lookForKeys() {
    SortedMap<Integer, Long> there = new TreeMap<>();
    for (int node = 0; node < nodes.count(); node++) {
      try (RedisConnection connection = nodes.connect(node, 0)) {
        RedisServer.databases(connection).forEach((n, keys) -> there.merge(n, keys, Long::sum));
      }
    }
    for (int database : target.databases()) {
      long keys = there.getOrDefault(database, 0L);
      if (keys > 0) {
        add(
            "db%d of %s is not empty: it holds %d keys".formatted(database, server.host(), keys),
            "empty it, name another with --rename, or say what becomes of its keys with"
                + " --if-exists keep or replace");
      }
    }
  }

  private void add(String what, String hint) {
    obstacles.add(new Obstacle(what, hint));
  }
}
