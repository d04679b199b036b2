package dev.godwit.extractor.postgresql.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The connections of a run, so that cancelling it reaches every one, whatever it waits for. */
final class OpenSessions {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Set<SocketWatch> connecting = ConcurrentHashMap.newKeySet();
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private volatile boolean broken;

  void connecting(SocketWatch watch) {
    connecting.add(watch);
    if (broken) {
      watch.close();
    }
  }

  void connected(SocketWatch watch, Session session) {
    sessions.removeIf(Session::isClosed);
    sessions.add(session);
    connecting.remove(watch);
    if (broken) {
      session.drop();
    }
  }

  void settled(SocketWatch watch) {
    connecting.remove(watch);
  }

  /**
   * Cancels every statement on the server, all at once, and closes the sockets; takes at most a few
   * seconds, also where the network is dead.
   */
  void breakOff() {
    broken = true;
    connecting.forEach(SocketWatch::close);
    List<Thread> cancelling = new ArrayList<>();
    for (Session session : sessions) {
      Thread thread = new Thread(session::breakOff, "cancel");
      thread.setDaemon(true);
      thread.start();
      cancelling.add(thread);
    }
    long until = System.nanoTime() + PATIENCE_NANOS;
    boolean interrupted = false;
    for (Thread thread : cancelling) {
      try {
        long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime()));
        thread.join(left);
      } catch (InterruptedException e) {
        interrupted = true;
        break;
      }
    }
    sessions.forEach(Session::drop);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
