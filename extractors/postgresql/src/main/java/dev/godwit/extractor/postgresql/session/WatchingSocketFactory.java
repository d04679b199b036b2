package dev.godwit.extractor.postgresql.session;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import javax.net.SocketFactory;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/**
 * Makes the driver's sockets, over TCP or a Unix socket, and keeps hold of them. The driver makes
 * it by its name (its option {@code socketFactory}).
 */
public final class WatchingSocketFactory extends SocketFactory {
  private final SocketWatch watch;

  /** A factory for the connection that is being made under a ticket. */
  public WatchingSocketFactory(String ticket) {
    this.watch = SocketWatch.of(ticket);
  }

  @Override
  public Socket createSocket() throws IOException {
    // The socket of a channel can be read into memory outside the heap, with no copy between.
    Socket plain =
        watch.unixSocket().isPresent()
            ? connected(watch.unixSocket().get())
            : SocketChannel.open().socket();
    WatchedSocket socket = new WatchedSocket(plain, watch);
    watch.created(socket);
    return socket;
  }

  private static Socket connected(Path file) throws IOException {
    AFUNIXSocket socket = AFUNIXSocket.newInstance();
    try {
      socket.connect(AFUNIXSocketAddress.of(file));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    Socket socket = createSocket();
    if (!socket.isConnected()) {
      socket.connect(new InetSocketAddress(host, port));
    }
    return socket;
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host.getHostAddress(), port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return createSocket(host, port);
  }
}
