package dev.godwit.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A Redis of one's own that holds small strings, about 35 bytes each with its key. */
final class SmallKeys implements AutoCloseable {
  private static final int TOGETHER = 1000;
  private static final String OK = "+OK\r\n";

  private final Process process;
  private final int port;

  private SmallKeys(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts a program, which keeps its files in a folder, and waits until it answers. */
  static SmallKeys start(String program, Path folder) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> command =
        List.of(
            program,
            "--port",
            "" + port,
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--repl-diskless-sync",
            "yes",
            "--repl-diskless-sync-delay",
            "0",
            "--dir",
            folder.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    while (process.isAlive()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return new SmallKeys(process, socket.getPort());
      } catch (IOException e) {
        Thread.sleep(20);
      }
    }
    throw new IOException(program + " did not start");
  }

  int port() {
    return port;
  }

  /** Sets so many keys, the same each time. */
  void fill(int keys) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16)) {
      InputStream in = socket.getInputStream();
      for (int from = 0; from < keys; from += TOGETHER) {
        int count = Math.min(TOGETHER, keys - from);
        for (int i = from; i < from + count; i++) {
          out.write(set("session:" + i, "value-of-" + i + "-" + Long.toHexString(i * 2654435761L)));
        }
        out.flush();
        String said = new String(in.readNBytes(OK.length() * count), StandardCharsets.US_ASCII);
        if (!said.equals(OK.repeat(count))) {
          throw new IOException("the server refused to set keys: " + said.lines().findFirst());
        }
      }
    }
  }

  private static byte[] set(String key, String value) {
    String command =
        "*3\r\n$3\r\nSET\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n"
            .formatted(key.length(), key, value.length(), value);
    return command.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
