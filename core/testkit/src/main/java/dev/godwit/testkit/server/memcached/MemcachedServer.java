package dev.godwit.testkit.server.memcached;

import dev.godwit.testkit.server.FreePort;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real server of one's own, which stops with the JVM at the latest. */
public final class MemcachedServer implements AutoCloseable {
  private final Process process;
  private final int port;
  private Socket socket;
  private InputStream answers;

  private MemcachedServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a server.
   *
   * @param settings further words of its command line, such as {@code -m 100}
   */
  public static MemcachedServer start(String... settings) {
    int port = FreePort.choose();
    List<String> command = new ArrayList<>();
    command.add(MemcachedProgram.find().orElseThrow().toString());
    command.addAll(List.of("-l", "127.0.0.1", "-p", Integer.toString(port), "-U", "0"));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-u", "root")); // it does not run as root unless told
    }
    command.addAll(List.of(settings));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      MemcachedServer server = new MemcachedServer(process, port);
      while (!server.connected()) {
        if (process.waitFor(2, TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException("the server ended: " + String.join(" ", command));
        }
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean connected() {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      answers = new BufferedInputStream(socket.getInputStream());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The port that it listens at on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** The URI by which Godwit knows it. */
  public String uri() {
    return uri(this);
  }

  /** The URI by which Godwit knows several servers as one cache. */
  public static String uri(MemcachedServer... servers) {
    return "memcached://"
        + Stream.of(servers).map(s -> "127.0.0.1:" + s.port).collect(Collectors.joining(","));
  }

  /** Sends bytes as they are. */
  public synchronized void send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a command of one line; the line that answers it. */
  public synchronized String ask(String command) {
    send((command + "\r\n").getBytes(StandardCharsets.UTF_8));
    return line();
  }

  /** The next line of an answer. */
  public synchronized String line() {
    return new String(bytesOfLine(), StandardCharsets.UTF_8);
  }

  private byte[] bytesOfLine() {
    java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
    try {
      for (int b; (b = answers.read()) != '\n'; ) {
        if (b < 0) {
          throw new EOFException();
        } else if (b != '\r') {
          line.write(b);
        }
      }
      return line.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stores a text; {@code flags} are of meta set, such as {@code F7 T60}. */
  public void set(String key, String value, String flags) {
    set(key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8), flags);
  }

  /** Stores an item under any key. */
  public synchronized void set(byte[] key, byte[] value, String flags) {
    write(key, value, flags);
    String said = line();
    if (!said.equals("HD")) {
      throw new IllegalStateException(said);
    }
  }

  /** Stores an item and reads no answer; {@link #settle} waits for all. */
  public void setQuietly(byte[] key, byte[] value, String flags) {
    write(key, value, flags + " q");
  }

  private synchronized void write(byte[] key, byte[] value, String flags) {
    byte[] start =
        (isWord(key)
                ? "ms " + word(key) + " " + value.length + " " + flags + "\r\n"
                : "ms " + word(key) + " " + value.length + " b " + flags + "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = java.util.Arrays.copyOf(start, start.length + value.length + 2);
    System.arraycopy(value, 0, all, start.length, value.length);
    all[all.length - 2] = '\r';
    all[all.length - 1] = '\n';
    send(all);
  }

  /** Stores an item in the binary protocol, which takes any key of 250 bytes. */
  public void setInBinary(byte[] key, byte[] value, int flags) {
    int extras = 2 * Integer.BYTES;
    java.nio.ByteBuffer request =
        java.nio.ByteBuffer.allocate(24 + extras + key.length + value.length);
    request.put((byte) 0x80).put((byte) 1).putShort((short) key.length).putInt(extras << 24);
    request.putInt(extras + key.length + value.length).position(24);
    request.putInt(flags).putInt(0).put(key).put(value);
    try (Socket other = new Socket(InetAddress.getLoopbackAddress(), port)) {
      other.getOutputStream().write(request.array());
      byte[] answer = other.getInputStream().readNBytes(24);
      if (answer.length < 24 || answer[6] != 0 || answer[7] != 0) {
        throw new IllegalStateException("not stored");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until all that was sent is done; fails where any of it did not go well. */
  public void settle() {
    String said = ask("mn");
    if (!said.equals("MN")) {
      throw new IllegalStateException(said);
    }
  }

  private static boolean isWord(byte[] key) {
    for (byte b : key) {
      if (b >= 0 && b <= ' ') {
        return false;
      }
    }
    return true;
  }

  private static String word(byte[] key) {
    return isWord(key)
        ? new String(key, StandardCharsets.ISO_8859_1)
        : Base64.getEncoder().encodeToString(key);
  }

  /** An item as {@code f7 t60 value}; {@code null} where there is none. */
  public String item(String key) {
    return item(key.getBytes(StandardCharsets.UTF_8));
  }

  /** An item under any key. */
  public synchronized String item(byte[] key) {
    String command = "mg " + word(key) + (isWord(key) ? "" : " b") + " v f t u\r\n";
    send(command.getBytes(StandardCharsets.ISO_8859_1));
    String head = line();
    if (head.equals("EN")) {
      return null;
    }
    String[] words = head.split(" ", -1);
    byte[] value = new byte[Integer.parseInt(words[1])];
    try {
      if (answers.readNBytes(value, 0, value.length) < value.length) {
        throw new EOFException();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] rest = bytesOfLine();
    return words[2]
        + " "
        + words[3]
        + " "
        + new String(value, StandardCharsets.ISO_8859_1)
        + new String(rest, StandardCharsets.ISO_8859_1);
  }

  /** A number of its statistics. */
  public synchronized long statistic(String name) {
    long found = -1;
    for (String line = ask("stats"); !line.equals("END"); line = line()) {
      if (line.startsWith("STAT " + name + " ")) {
        found = Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return found;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It ends anyway.
    }
    process.destroyForcibly().onExit().join();
  }
}
