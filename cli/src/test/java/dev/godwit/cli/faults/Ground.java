package dev.godwit.cli.faults;

import dev.godwit.cli.Invocation;
import dev.godwit.testkit.server.s3.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Where vaults are made: in a folder of this machine, or in a bucket of a server of their own. */
sealed interface Ground extends AutoCloseable {
  /** The grounds there are. */
  enum Kind {
    FOLDER,
    BUCKET;

    /** Opens one; what lies on this machine lies in the folder. */
    Ground in(Path folder) throws IOException {
      return this == FOLDER ? new Folder(folder) : new Bucket(S3Server.start());
    }
  }

  /** Whether a vault can be read by whoever has it. */
  enum Form {
    PLAIN,
    ENCRYPTED
  }

  /** A vault's address. */
  String uri(String name);

  /** What else is needed to reach it. */
  Map<String, String> login();

  @Override
  void close();

  /**
   * Makes a vault. An encrypted one is opened by an identity, which lies in the folder.
   *
   * @param name of the vault, and of nothing else there
   */
  default VaultAt vault(String name, Form form, Path folder) {
    VaultAt plain = new VaultAt(uri(name), login());
    if (form == Form.PLAIN) {
      plain.done("init", "-q", plain.uri());
      return plain;
    }
    String identity = folder.resolve(name + ".identity").toString();
    Invocation made = plain.done("key", "new", identity);
    String writer = folder.resolve(name + ".writer").toString();
    plain.done(
        "init", "-q", plain.uri(), "--recipient", made.out().strip(), "--writer-key", writer);
    Map<String, String> all = new HashMap<>(login());
    all.put("GODWIT_VAULT_IDENTITY", identity);
    return new VaultAt(plain.uri(), all);
  }

  /** A folder. */
  record Folder(Path folder) implements Ground {
    @Override
    public String uri(String name) {
      return folder.resolve(name).toString();
    }

    @Override
    public Map<String, String> login() {
      return Map.of();
    }

    @Override
    public void close() {}
  }

  /** A bucket. */
  record Bucket(S3Server server) implements Ground {
    /** Logs this JVM in, too. */
    public Bucket {
      System.setProperty("aws.accessKeyId", S3Server.KEY);
      System.setProperty("aws.secretAccessKey", S3Server.SECRET);
      System.setProperty("aws.disableEc2Metadata", "true");
    }

    @Override
    public String uri(String name) {
      return server.uri(name);
    }

    @Override
    public Map<String, String> login() {
      return Map.of("AWS_ACCESS_KEY_ID", S3Server.KEY, "AWS_SECRET_ACCESS_KEY", S3Server.SECRET);
    }

    @Override
    public void close() {
      System.clearProperty("aws.accessKeyId");
      System.clearProperty("aws.secretAccessKey");
      server.close();
    }
  }
}
