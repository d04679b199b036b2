package dev.godwit.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortTest {
  private static final int MANY = 1000;

  /** Of 12,000 ports: two that chose as many each without a word to each other would meet. */
  @Test
  void noTwoProcessesChooseTheSame() throws Exception {
    Process other =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                Chooser.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = other.inputReader();
        BufferedWriter end = other.outputWriter()) {
      Set<Integer> ports = new HashSet<>();
      for (int i = 0; i < MANY; i++) {
        ports.add(FreePort.choose());
        ports.add(Integer.parseInt(said.readLine()));
      }
      end.write('\n');
      end.flush();
      assertThat(ports).hasSize(2 * MANY);
    }
    assertThat(other.waitFor()).isZero();
  }

  /** The other process, which holds what it chose until it is told to end. */
  static final class Chooser {
    private Chooser() {}

    public static void main(String[] arguments) throws Exception {
      for (int i = 0; i < MANY; i++) {
        System.out.println(FreePort.choose());
      }
      int unused = System.in.read();
    }
  }
}
