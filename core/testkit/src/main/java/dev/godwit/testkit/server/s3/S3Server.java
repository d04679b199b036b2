package dev.godwit.testkit.server.s3;

import dev.godwit.testkit.server.Certificates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;

/** An S3 server in this process, at a free port, its objects in memory: s3proxy. */
public final class S3Server implements AutoCloseable {
  /** The login that it knows. */
  public static final String KEY = "GODWITTESTKEY";

  /** The secret of that login. */
  public static final String SECRET = "godwit-test-secret-0123456789";

  private final S3Proxy proxy;
  private final String bucket;
  private final boolean encrypted;

  private S3Server(S3Proxy proxy, String bucket, boolean encrypted) {
    this.proxy = proxy;
    this.bucket = bucket;
    this.encrypted = encrypted;
  }

  /** Starts a server that proves every signature, with a bucket. */
  public static S3Server start() throws IOException {
    return start(AuthenticationType.AWS_V4, Optional.empty());
  }

  /** Starts a server that asks nobody who he is, so that requests can be changed on their way. */
  public static S3Server startOpen() throws IOException {
    return start(AuthenticationType.NONE, Optional.empty());
  }

  /**
   * Starts a server that speaks TLS only, otherwise as {@link #start()}.
   *
   * @param keys a store of {@link Certificates}
   */
  public static S3Server startEncrypted(Path keys) throws IOException {
    return start(AuthenticationType.AWS_V4, Optional.of(keys));
  }

  private static S3Server start(AuthenticationType login, Optional<Path> keys) throws IOException {
    String bucket = "godwit-" + UUID.randomUUID();
    Properties store = new Properties();
    store.setProperty("jclouds.identity", "");
    store.setProperty("jclouds.credential", "");
    var blobs = BlobStores.create("transient-nio2", store);
    var unused = blobs.createContainer(bucket);
    try {
      S3Proxy.Builder builder = S3Proxy.builder().blobStore(blobs).ignoreUnknownHeaders(true);
      if (keys.isPresent()) {
        builder
            .secureEndpoint(URI.create("https://127.0.0.1:0"))
            .keyStore(keys.get().toString(), Certificates.PASSWORD);
      } else {
        builder.endpoint(URI.create("http://127.0.0.1:0"));
      }
      S3Proxy proxy =
          (login == AuthenticationType.NONE
                  ? builder
                  : builder.awsAuthentication(login, KEY, SECRET))
              .build();
      proxy.start();
      return new S3Server(proxy, bucket, keys.isPresent());
    } catch (Exception e) {
      throw new IOException("the S3 server does not start", e);
    }
  }

  /** Its port of 127.0.0.1. */
  public int port() {
    return encrypted ? proxy.getSecurePort() : proxy.getPort();
  }

  /** Its URL. */
  public String endpoint() {
    return encrypted ? "https://localhost:" + port() : "http://127.0.0.1:" + port();
  }

  /** Its one bucket, whose name no other server has. */
  public String bucket() {
    return bucket;
  }

  /** A vault's address in it. */
  public String uri(String prefix) {
    return "s3://" + bucket + '/' + prefix + "?path-style=true&list-lag=0&endpoint=" + endpoint();
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
