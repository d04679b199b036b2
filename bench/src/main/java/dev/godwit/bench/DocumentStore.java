package dev.godwit.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.BsonDateTime;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/**
 * A server of documents with a collection of about 1 KB a document: one that is named, or a
 * stand-in that keeps all in memory, in a process of its own.
 */
public final class DocumentStore implements AutoCloseable {
  static final String DATABASE = "godwit_bench";
  static final String COLLECTION = "things";
  private static final int TOGETHER = 1000;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz     ";

  private final String server;
  private final Process process;

  private DocumentStore(String server, Process process) {
    this.server = server;
    this.process = process;
  }

  /** A server that is there, {@code mongodb://host:port} and no more. */
  static DocumentStore named(String server) {
    return new DocumentStore(server, null);
  }

  /** Starts a stand-in. */
  static DocumentStore standIn() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx8g",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                DocumentStore.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String port = process.inputReader().readLine();
    return new DocumentStore("mongodb://127.0.0.1:" + port, process);
  }

  /** The stand-in's own process: prints its port, and ends when its input does. */
  public static void main(String[] arguments) throws Exception {
    MongoServer server = new MongoServer(new MemoryBackend().version(ServerVersion.MONGO_5_0));
    System.out.println(server.bind().getPort());
    while (System.in.read() >= 0) {
      // Nothing is ever said.
    }
    server.shutdownNow();
    System.exit(0);
  }

  /** Address of the database. */
  URI uri() {
    return URI.create(server + "/" + DATABASE);
  }

  /** Makes the collection anew, the same each time. */
  void fill(int documents) {
    Random random = new Random(1);
    try (MongoClient client = MongoClients.create(server)) {
      client.getDatabase(DATABASE).drop();
      MongoCollection<Document> things = client.getDatabase(DATABASE).getCollection(COLLECTION);
      List<Document> together = new ArrayList<>();
      for (int i = 0; i < documents; i++) {
        together.add(document(i, random));
        if (together.size() == TOGETHER || i == documents - 1) {
          things.insertMany(together, new InsertManyOptions().ordered(false));
          together.clear();
        }
      }
    }
  }

  private static Document document(int number, Random random) {
    List<Document> parts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      parts.add(
          new Document("sku", text(random, 8))
              .append("pieces", random.nextInt(100))
              .append("price", new Decimal128(random.nextInt(1_000_000))));
    }
    return new Document("_id", new ObjectId(1_700_000_000 + number / 1000, number))
        .append("number", number)
        .append("name", text(random, 24))
        .append("when", new BsonDateTime(1_600_000_000_000L + random.nextInt()))
        .append("weight", random.nextDouble())
        .append("parts", parts)
        .append("text", text(random, 560));
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    if (process == null) {
      try (MongoClient client = MongoClients.create(server)) {
        client.getDatabase(DATABASE).drop();
      }
    } else {
      process.getOutputStream().close();
    }
  }
}
