package dev.godwit.extractor.postgresql.session;

import java.io.IOException;
import java.net.Socket;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import org.postgresql.PGProperty;
import org.postgresql.ssl.LibPQFactory;
import org.postgresql.util.PSQLException;

/**
 * The driver's own factory of encrypted sockets, which also keeps hold of them. The driver makes it
 * by its name (its option {@code sslfactory}).
 */
public final class WatchingTlsFactory extends LibPQFactory {
  private final SocketWatch watch;

  /**
   * A factory for the connection with these properties.
   *
   * @throws PSQLException if a certificate or key cannot be read
   */
  public WatchingTlsFactory(Properties properties) throws PSQLException {
    super(properties);
    this.watch = SocketWatch.of(PGProperty.SOCKET_FACTORY_ARG.getOrDefault(properties));
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return new WatchedTlsSocket(
        (SSLSocket) super.createSocket(socket, host, port, autoClose), watch);
  }
}
