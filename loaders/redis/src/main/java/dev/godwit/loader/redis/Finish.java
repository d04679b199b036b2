package dev.godwit.loader.redis;

import static dev.godwit.extractor.redis.session.RedisConnection.ascii;

import dev.godwit.extractor.redis.read.Definitions;
import dev.godwit.extractor.redis.session.RedisConnection;
import dev.godwit.loader.redis.slot.Nodes;
import dev.godwit.loader.redis.write.IfExists;
import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.LoadRun.Stage;
import dev.godwit.spi.load.LoadRun.Step;
import dev.godwit.spi.run.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import redis.clients.jedis.exceptions.JedisDataException;

/** What comes after the data, at each node: libraries of functions, then users. */
final class Finish {
  private final Nodes nodes;
  private final IfExists ifExists;
  private final Ledger ledger;
  private final Cancellation cancellation;

  Finish(Nodes nodes, IfExists ifExists, Ledger ledger, Cancellation cancellation) {
    this.nodes = nodes;
    this.ifExists = ifExists;
    this.ledger = ledger;
    this.cancellation = cancellation;
  }

  /** A stage for each kind of definitions that there are. */
  List<Stage> stages(LoadPlan plan) {
    List<Step> libraries = new ArrayList<>();
    List<Step> users = new ArrayList<>();
    try (Stream<SchemaObject> objects = plan.catalogue().objects()) {
      objects.forEach(
          object -> {
            if (object.kind().equals(Definitions.LIBRARY)) {
              libraries.add(step(object, connection -> library(object, connection)));
            } else if (object.kind().equals(Definitions.USER)) {
              users.add(step(object, connection -> user(object, connection)));
            }
          });
    }
    return Stream.of(new Stage("functions", libraries), new Stage("users", users))
        .filter(stage -> !stage.steps().isEmpty())
        .toList();
  }

  private Step step(SchemaObject object, Consumer<RedisConnection> work) {
    String item = "step " + object.id();
    return new Step(
        object.kind() + " " + object.name().last(),
        () -> {
          cancellation.check();
          if (!ledger.holds(item)) {
            for (int node = 0; node < nodes.count(); node++) {
              try (RedisConnection connection = nodes.connect(node, 0)) {
                work.accept(connection);
              }
            }
            ledger.mark(item);
          }
        });
  }

  private void library(SchemaObject library, RedisConnection connection) {
    byte[] code = Definitions.code(library);
    try {
      Object ignored =
          ifExists == IfExists.KEEP
              ? connection.askRaw("FUNCTION", ascii("LOAD"), code)
              : connection.askRaw("FUNCTION", ascii("LOAD"), ascii("REPLACE"), code);
    } catch (JedisDataException e) {
      if (ifExists != IfExists.KEEP || !e.getMessage().contains("already exists")) {
        String doing = "cannot load function library " + library.name().last();
        throw connection.failures().of(doing, "FUNCTION", e);
      }
    }
  }

  /** The user anew, with just these rules. */
  private void user(SchemaObject user, RedisConnection connection) {
    String name = user.name().last();
    String doing = "cannot make user " + name;
    if (ifExists == IfExists.KEEP && connection.call(doing, "ACL", "GETUSER", name) != null) {
      return;
    }
    List<String> arguments = new ArrayList<>(List.of("SETUSER", name, "reset"));
    arguments.addAll(List.of(user.definition().split(" ")));
    Object ignored = connection.call(doing, "ACL", arguments.toArray(new String[0]));
  }
}
