package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.testkit.server.PostgresServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server of one's own that can be stopped and started again. */
final class OwnServer implements AutoCloseable {
  private final PostgresServer server;
  private final Path binaries;
  private final String data;

  OwnServer() throws IOException {
    this.server = PostgresServer.start(Map.of());
    Observer observer = new Observer(server, "postgres");
    this.data = observer.ask("show data_directory");
    long postmaster =
        Long.parseLong(
            observer.ask("select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)"));
    this.binaries = Path.of("/proc/" + postmaster + "/exe").toRealPath().getParent();
  }

  PostgresServer server() {
    return server;
  }

  /** Stops it, {@code fast} or {@code immediate}: the latter as if it had crashed. */
  void stop(String mode) throws Exception {
    control("stop", "-m", mode);
  }

  /** Starts it with the settings it had. */
  void start() throws Exception {
    control("restart", "-l", data + ".log");
  }

  private void control(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("unshare", "-U")); // it refuses to run as root
    }
    command.addAll(
        List.of(binaries.resolve("pg_ctl").toString(), "-w", "-t", "600", "-s", "-D", data));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(new File(data + ".control"))
            .start();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
  }

  @Override
  public void close() {
    server.close();
  }
}
