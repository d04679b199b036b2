package dev.godwit.extractor.mongodb.read;

import com.mongodb.ClientSessionOptions;
import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import dev.godwit.extractor.mongodb.read.ReadOptions.Consistency;
import dev.godwit.extractor.mongodb.schema.Collections;
import dev.godwit.extractor.mongodb.session.MongoConnection;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ConsistencyPoint;
import dev.godwit.spi.extract.ConsistencyPoint.Guarantee;
import java.util.Optional;
import org.bson.BsonTimestamp;

/**
 * The instant that the readers of a run show. A replica set or a sharded cluster, from 5.0 on,
 * reads at one cluster time in as many sessions as are told it; it keeps that past for {@code
 * minSnapshotHistoryWindowInSeconds}, five minutes unless it was told otherwise.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/read-concern-snapshot/">Read Concern
 *     "snapshot"</a>
 */
public final class Instant {
  /** The wire protocol of 5.0, the first with snapshots outside of transactions. */
  private static final int WITH_SNAPSHOTS = 13;

  private final MongoConnection server;
  private final Guarantee guarantee;
  private final Optional<BsonTimestamp> time;

  private Instant(MongoConnection server, Guarantee guarantee, Optional<BsonTimestamp> time) {
    this.server = server;
    this.guarantee = guarantee;
    this.time = time;
  }

  /**
   * What a run on this server will reach. A server is asked, not believed: some take the read
   * concern and show no instant.
   *
   * @throws GodwitException {@code FAILED} where more is asked for than the server can do
   */
  public static Guarantee reachable(
      MongoConnection server, String database, Consistency consistency) {
    boolean can = consistency != Consistency.NONE && now(server, database).isPresent();
    if (!can && (consistency == Consistency.SNAPSHOT || consistency == Consistency.PARTITION)) {
      throw new GodwitException(
          ExitCode.FAILED,
          server.host()
              + " cannot show one instant: it is no replica set or sharded cluster of"
              + " MongoDB 5.0 or newer",
          "leave consistency out, and stop whoever writes meanwhile");
    }
    if (!can) {
      return Guarantee.FUZZY;
    }
    return consistency == Consistency.PARTITION ? Guarantee.PER_PARTITION : Guarantee.SNAPSHOT;
  }

  /** Takes the instant of a run. */
  static Instant take(MongoConnection server, String database, Guarantee guarantee) {
    Optional<BsonTimestamp> time =
        guarantee == Guarantee.SNAPSHOT ? now(server, database) : Optional.empty();
    if (guarantee == Guarantee.SNAPSHOT && time.isEmpty()) {
      throw new GodwitException(
          ExitCode.FAILED, server.host() + " shows no instant any more", "run again");
    }
    return new Instant(server, guarantee, time);
  }

  /** The cluster time that a snapshot taken now shows; empty where the server has none. */
  private static Optional<BsonTimestamp> now(MongoConnection server, String database) {
    boolean many = server.replicaSet().isPresent() || server.sharded();
    if (!many || !server.sessions() || server.wireVersion() < WITH_SNAPSHOTS) {
      return Optional.empty();
    }
    try (ClientSession session = server.client().startSession(options(true))) {
      // Nothing need be there: an empty answer carries its time all the same.
      server.collection(database, Collections.LEDGER).find(session).limit(1).first();
      return Optional.ofNullable(session.getSnapshotTimestamp());
    } catch (MongoException e) {
      return Optional.empty();
    }
  }

  private static ClientSessionOptions options(boolean snapshot) {
    return ClientSessionOptions.builder().causallyConsistent(false).snapshot(snapshot).build();
  }

  /** A session that shows the instant, for one reader; empty where the server has no sessions. */
  Optional<ClientSession> session() {
    if (!server.sessions()) {
      return Optional.empty();
    }
    ClientSession session = server.client().startSession(options(guarantee != Guarantee.FUZZY));
    time.ifPresent(session::setSnapshotTimestamp);
    return Optional.of(session);
  }

  /** What was reached. */
  ConsistencyPoint point() {
    return new ConsistencyPoint(
        guarantee, time.map(t -> "cluster time " + t.getTime() + ":" + t.getInc()).orElse(""));
  }
}
