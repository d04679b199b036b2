package dev.godwit.extractor.mongodb.read;

import com.mongodb.client.ClientSession;
import dev.godwit.extractor.mongodb.session.MongoConnection;
import dev.godwit.spi.run.Cancellation;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.BsonArray;
import org.bson.BsonDocument;

/** The sessions of a run's readers. Cancelling the run ends on the server what they are doing. */
final class Sessions {
  private final MongoConnection server;
  private final Instant instant;
  private final Set<ClientSession> open = ConcurrentHashMap.newKeySet();

  Sessions(MongoConnection server, Instant instant, Cancellation cancellation) {
    this.server = server;
    this.instant = instant;
    cancellation.onCancel(this::endAll);
  }

  /** A session for one reader, to be given back. */
  Optional<ClientSession> begin() {
    Optional<ClientSession> session = instant.session();
    session.ifPresent(open::add);
    return session;
  }

  /** Takes it back. */
  void end(ClientSession session) {
    open.remove(session);
    session.close();
  }

  private void endAll() {
    BsonArray ids = new BsonArray();
    open.forEach(session -> ids.add(session.getServerSession().getIdentifier()));
    if (!ids.isEmpty()) {
      var ignored = server.ask("admin", new BsonDocument("killSessions", ids));
    }
  }
}
