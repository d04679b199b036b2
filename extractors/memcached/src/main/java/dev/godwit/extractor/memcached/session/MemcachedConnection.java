package dev.godwit.extractor.memcached.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * One connection. Commands are answered in their order. Used by one thread; {@link #cut} by any.
 */
public final class MemcachedConnection implements AutoCloseable {
  /**
   * As many bytes of commands can be sent without reading an answer: they fit the buffer of the
   * socket, so that neither side waits for the other for ever.
   */
  public static final int AHEAD = 64 << 10;

  private final Socket socket;
  private final OutputStream out;
  private final Answers answers;
  private final MemcachedFailure failures;

  MemcachedConnection(Socket socket, MemcachedFailure failures) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.answers = new Answers(socket.getInputStream());
    this.failures = failures;
  }

  /** Sends bytes as they are. */
  public void send(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  /** Sends a value from elsewhere, of which the server was told the length. */
  public void send(InputStream bytes) throws IOException {
    bytes.transferTo(out);
  }

  /** Sends a command of one line. */
  public void send(String command) throws IOException {
    byte[] line = (command + "\r\n").getBytes(StandardCharsets.UTF_8);
    send(line, 0, line.length);
  }

  /** What the server answers. */
  public Answers answers() {
    return answers;
  }

  /** Sends a command; the line that answers it, errors too. */
  public String ask(String command) throws IOException {
    send(command);
    answers.line();
    return answers.text();
  }

  /** Reads the answer to {@code stats}, by name. */
  public Map<String, String> statistics(String doing) throws IOException {
    Map<String, String> all = new HashMap<>();
    while (true) {
      answers.line();
      String line = answers.text();
      if (line.equals("END")) {
        return all;
      } else if (!line.startsWith("STAT ")) {
        throw failures.refused(doing, line);
      }
      int space = line.indexOf(' ', 5);
      all.put(line.substring(5, space), line.substring(space + 1));
    }
  }

  /** Reads the answer to {@code stats} for the server's clock only, seconds since 1970. */
  public long clock(String doing) throws IOException {
    long clock = -1;
    while (true) {
      answers.line();
      if (answers.begins("STAT time ")) {
        clock = answers.number(answers.start() + "STAT time ".length());
      } else if (answers.begins("END")) {
        return clock;
      } else if (!answers.begins("STAT ")) {
        throw failures.refused(doing, answers.text());
      }
    }
  }

  /** Says why something failed. */
  public MemcachedFailure failures() {
    return failures;
  }

  /** Ends it from any thread: whoever waits for an answer fails. */
  public void cut() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone then.
    }
  }

  @Override
  public void close() {
    cut();
  }
}
