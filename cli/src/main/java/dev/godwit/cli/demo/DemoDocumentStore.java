package dev.godwit.cli.demo;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;

/**
 * A document store of its own, on a free port of this machine: mongo-java-server, which speaks
 * MongoDB's protocol and keeps everything in the memory of this process. A stand-in: a real MongoDB
 * cannot be had from where Godwit's build has its parts.
 */
final class DemoDocumentStore implements AutoCloseable {
  /** What it is, for people. */
  static final String NAME = "mongo-java-server, a stand-in for MongoDB that keeps all in memory";

  private final MongoServer server;
  private final InetSocketAddress address;

  private DemoDocumentStore(MongoServer server, InetSocketAddress address) {
    this.server = server;
    this.address = address;
  }

  /** Starts it. */
  static DemoDocumentStore start() {
    MongoServer server = new MongoServer(new MemoryBackend().version(ServerVersion.MONGO_5_0));
    return new DemoDocumentStore(server, server.bind());
  }

  /** The address of one of its databases. */
  String uri(String database) {
    return "mongodb://127.0.0.1:" + address.getPort() + "/" + database;
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
