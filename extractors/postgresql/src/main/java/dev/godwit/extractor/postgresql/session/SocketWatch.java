package dev.godwit.extractor.postgresql.session;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Follows the sockets that the driver opens for one connection, until it is made. The driver makes
 * its socket factories itself, by class name and one text argument; the text is the ticket by which
 * they find their watch again.
 */
final class SocketWatch {
  private static final Map<String, SocketWatch> WATCHES = new ConcurrentHashMap<>();

  private final String ticket = UUID.randomUUID().toString();
  private final Optional<Path> unixSocket;
  private Wire wire;
  private Socket newest;
  private boolean made;
  private boolean closed;

  /**
   * Begins to watch.
   *
   * @param unixSocket the socket file to be connected to, whatever host the driver names
   */
  SocketWatch(Optional<Path> unixSocket) {
    this.unixSocket = unixSocket;
    WATCHES.put(ticket, this);
  }

  static SocketWatch of(String ticket) {
    SocketWatch watch = WATCHES.get(ticket);
    if (watch == null) {
      throw new IllegalStateException("no connection is being made under this ticket");
    }
    return watch;
  }

  String ticket() {
    return ticket;
  }

  Optional<Path> unixSocket() {
    return unixSocket;
  }

  /** The driver is about to use another socket: a further host, or a second try. */
  void created(Socket socket) throws IOException {
    synchronized (this) {
      if (made) {
        return; // a cancel request goes over a socket of its own, which is not ours to watch
      }
      newest = socket;
      wire = null;
      if (!closed) {
        return;
      }
    }
    socket.close();
  }

  /** The driver reads from a socket, or from the encrypted one that it put over it. */
  synchronized void opened(Wire opened) {
    if (!made) {
      wire = opened;
    }
  }

  /** The connection is made, over the last socket that was opened. */
  synchronized Optional<Wire> made() {
    made = true;
    return Optional.ofNullable(wire);
  }

  /** Closes the socket, in whatever state the connection is: whoever waits on it fails at once. */
  void close() {
    Socket socket;
    synchronized (this) {
      closed = true;
      socket = newest;
    }
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // Closing was all that was wanted of it.
      }
    }
  }

  /** A socket was closed: once it is that of the made connection, no more factories are made. */
  void closed(Socket socket) {
    boolean last;
    synchronized (this) {
      last = made && socket.equals(newest);
    }
    if (last) {
      forget();
    }
  }

  /** Drops the ticket of a connection that could not be made. */
  void forget() {
    WATCHES.remove(ticket);
  }
}
