package dev.godwit.testkit.server.s3;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A server's answer, held whole. */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
record Reply(int status, Map<String, String> headers, byte[] body) {

  /** Asks a server. Of HTTP/1.0, so that it answers in one piece and closes the connection. */
  static Reply of(int port, FaultyNetwork.Asked asked) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      StringBuilder head = new StringBuilder();
      head.append(asked.method()).append(' ').append(asked.target()).append(" HTTP/1.0\r\n");
      asked
          .headers()
          .forEach(
              (name, value) -> {
                if (!name.matches("connection|expect|transfer-encoding|content-length")) {
                  head.append(name).append(": ").append(value).append("\r\n");
                }
              });
      head.append("content-length: ").append(asked.body().length).append("\r\n\r\n");
      OutputStream out = socket.getOutputStream();
      out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      out.write(asked.body());
      out.flush();
      return read(new BufferedInputStream(socket.getInputStream()), asked.method());
    }
  }

  private static Reply read(InputStream in, String method) throws IOException {
    int status = Integer.parseInt(line(in).split(" ", 3)[1]);
    Map<String, String> headers = new LinkedHashMap<>();
    while (true) {
      String line = line(in);
      if (line.isEmpty()) {
        break;
      }
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return new Reply(status, headers, method.equals("HEAD") ? new byte[0] : in.readAllBytes());
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b; (b = in.read()) != '\n'; ) {
      if (b < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, body);
  }

  Reply bent() {
    return new Reply(status, headers, bent(body));
  }

  static byte[] bent(byte[] bytes) {
    byte[] bent = bytes.clone();
    if (bent.length > 0) {
      bent[bent.length / 2] ^= 4;
    }
    return bent;
  }

  /** Answers, with so many bytes of the body at most; with fewer the connection breaks. */
  void send(HttpExchange exchange, long most) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    headers.forEach(
        (name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (head || !lower.matches("connection|content-length|transfer-encoding")) {
            exchange.getResponseHeaders().set(name, value);
          }
        });
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      OutputStream out = exchange.getResponseBody();
      out.write(body, 0, (int) Math.min(body.length, most));
      out.flush();
    }
  }
}
