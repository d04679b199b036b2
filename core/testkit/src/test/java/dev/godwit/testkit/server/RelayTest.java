package dev.godwit.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {
  private ServerSocket door;
  private Relay relay;
  private Socket client;
  private Socket server;

  @BeforeEach
  void connect() throws IOException {
    door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    relay = new Relay(door.getLocalPort());
    client = new Socket(InetAddress.getLoopbackAddress(), relay.port());
    server = door.accept();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    relay.close();
    door.close();
  }

  private void answer(int bytes) throws IOException {
    server.getOutputStream().write(new byte[bytes]);
    assertThat(client.getInputStream().readNBytes(bytes)).hasSize(bytes);
  }

  private void ask() throws IOException {
    client.getOutputStream().write('?');
    assertThat(server.getInputStream().read()).isEqualTo('?');
  }

  @Test
  void whatCameBeforeCounts() throws IOException {
    answer(1000);
    relay.breakAfter(1500);
    answer(500);
    assertThatThrownBy(() -> answer(1)).isInstanceOfAny(IOException.class, AssertionError.class);
  }

  @Test
  void whatIsSaidInOneGoIsOneQuestion() throws IOException {
    for (int i = 0; i < 3; i++) {
      ask();
      ask();
      answer(10);
      answer(10);
    }
    assertThat(relay.questions()).isEqualTo(3);
  }
}
