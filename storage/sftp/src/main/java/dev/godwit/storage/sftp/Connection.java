package dev.godwit.storage.sftp;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.sftp.common.SftpException;

/**
 * One session with several channels, so that files are written and read beside each other. A
 * session that breaks is opened anew, and what it was about is done once more; so only what may be
 * done twice is done here.
 */
final class Connection implements AutoCloseable {
  /** OpenSSH allows ten channels of a session. */
  private static final int CHANNELS = 8;

  private static final int ATTEMPTS = 6;
  private static final long FIRST_WAIT_MILLIS = 100;

  private final Sessions sessions;
  private final Semaphore room = new Semaphore(CHANNELS);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private final Deque<Channel> idle = new ArrayDeque<>();
  private ClientSession session;
  private boolean closed;

  /** What is done on a channel. */
  interface Work<T> {
    /**
     * Does it.
     *
     * @param again whether it may have been done already, its answer lost
     */
    T on(Channel channel, boolean again) throws IOException;
  }

  Connection(Server server) {
    this.sessions = new Sessions(server);
  }

  /**
   * Does something on a channel, again where the connection breaks.
   *
   * @throws SftpException where the server says no
   */
  <T> T run(Work<T> work) throws IOException {
    room.acquireUninterruptibly();
    try {
      for (int attempt = 1; ; attempt++) {
        Channel channel = null;
        try {
          channel = borrow();
          T done = work.on(channel, attempt > 1);
          giveBack(channel);
          return done;
        } catch (SftpException e) {
          giveBack(channel);
          throw e;
        } catch (IOException e) {
          discard(channel);
          if (attempt == ATTEMPTS || isClosed()) {
            throw e;
          }
          pause(FIRST_WAIT_MILLIS << attempt);
        } catch (RuntimeException | Error e) {
          discard(channel);
          throw e;
        }
      }
    } finally {
      room.release();
    }
  }

  private Channel borrow() throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new IOException("the connection is closed");
      }
      Channel ready = idle.poll();
      while (ready != null && !ready.isOpen()) {
        ready = idle.poll();
      }
      if (ready != null) {
        return ready;
      }
      if (session == null || !session.isOpen()) {
        session = sessions.open();
      }
      return new Channel(session);
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(Channel channel) {
    lock.lock();
    try {
      if (channel != null && !closed) {
        idle.push(channel);
        return;
      }
    } finally {
      lock.unlock();
    }
    discard(channel);
  }

  private static void discard(Channel channel) {
    if (channel != null) {
      channel.close();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void pause(long millis) {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (left > 0 && !closed) {
        left = closing.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GodwitException(ExitCode.FAILED, "interrupted while connecting again", null, e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      closing.signalAll();
      idle.forEach(Channel::close);
      idle.clear();
      if (session != null) {
        session.close(true);
      }
    } finally {
      lock.unlock();
    }
    sessions.close();
  }
}
