package dev.godwit.extractor.redis.session;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.store.Authorities;
import dev.godwit.spi.store.Options;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Opens connections to one host, encrypted where the scheme is {@code rediss}. */
final class Sockets implements JedisSocketFactory {
  private final String host;
  private final int port;
  private final Options options;
  private final SSLContext tls;
  private final boolean verified;

  /**
   * Reads the options.
   *
   * @throws GodwitException {@code USAGE} where the file of authorities cannot be read
   */
  Sockets(String host, int port, boolean encrypted, Options options) {
    this.host = host;
    this.port = port;
    this.options = options;
    this.verified = options.on(ConnectionOptions.VERIFY);
    this.tls = encrypted ? context(options, verified) : null;
  }

  private static SSLContext context(Options options, boolean verified) {
    if (!verified) {
      return Authorities.trusting(new TrustManager[] {new TrustsAll()});
    }
    return options
        .text(ConnectionOptions.AUTHORITY)
        .map(file -> Authorities.trusting(file, ConnectionOptions.AUTHORITY))
        .orElseGet(() -> Authorities.trusting(null));
  }

  @Override
  public Socket createSocket() {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(
          new InetSocketAddress(host, port), (int) options.number(ConnectionOptions.CONNECT));
      // A server that speaks no TLS is silent: it waits for the rest of what it takes for a
      // command.
      socket.setSoTimeout((int) options.number(ConnectionOptions.CONNECT));
      Socket reached = tls == null ? socket : encrypted(socket);
      reached.setSoTimeout((int) options.number(ConnectionOptions.ANSWER));
      return reached;
    } catch (IOException e) {
      try {
        socket.close();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw new JedisConnectionException(e);
    }
  }

  private Socket encrypted(Socket plain) throws IOException {
    SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true);
    if (verified) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
    }
    socket.startHandshake();
    return socket;
  }

  /** Asked for by name: {@code verify=false}. */
  private static final class TrustsAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
