package dev.godwit.extractor.mongodb.session;

import java.util.HexFormat;
import java.util.Optional;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * A server's own id, the same under any address. MongoDB gives none to a standalone server, but
 * each deployment makes the collection {@code admin.system.version} once, and its UUID is the same
 * on all members.
 */
final class Identity {
  private Identity() {}

  /** The id; the replica set's name, or the hosts, where the server tells nothing better. */
  static String of(MongoConnection server) {
    return versionCollection(server).or(server::replicaSet).orElse(server.host());
  }

  private static Optional<String> versionCollection(MongoConnection server) {
    BsonDocument command =
        new BsonDocument("listCollections", new BsonInt32(1))
            .append("filter", new BsonDocument("name", new BsonString("system.version")));
    return server.ask("admin", command).stream()
        .flatMap(answer -> answer.getDocument("cursor").getArray("firstBatch").stream())
        .map(found -> found.asDocument().getDocument("info", new BsonDocument()).get("uuid"))
        .filter(uuid -> uuid instanceof BsonBinary)
        .map(uuid -> HexFormat.of().formatHex(((BsonBinary) uuid).getData()))
        .findFirst();
  }
}
