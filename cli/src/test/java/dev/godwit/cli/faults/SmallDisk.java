package dev.godwit.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A disk in memory that has so much room and no more. Root mounts it for all to see; anybody else
 * in a user namespace of his own, where this JVM and its children reach it, and no other process.
 */
final class SmallDisk implements AutoCloseable {
  private final BufferedWriter commands;
  private final BufferedReader answers;
  private final Path mountPoint;
  private final Path folder;

  private SmallDisk(Process shell, Path mountPoint, boolean namespace) {
    this.commands = shell.outputWriter();
    this.answers = shell.inputReader();
    this.mountPoint = mountPoint;
    this.folder = namespace ? Path.of("/proc/" + shell.pid() + "/root" + mountPoint) : mountPoint;
  }

  /** Mounts one on an empty folder. Where that may not be done the test is not run. */
  static SmallDisk on(Path mountPoint, long bytes) {
    return mount(mountPoint, bytes, List.of("sh"), List.of("unshare", "-rm", "sh"));
  }

  /** Mounts one that other processes see too, such as a server's. */
  static SmallDisk seenByAll(Path mountPoint, long bytes) {
    return mount(mountPoint, bytes, List.of("sh"));
  }

  @SafeVarargs
  private static SmallDisk mount(Path mountPoint, long bytes, List<String>... shells) {
    for (List<String> shell : shells) {
      try {
        Process process = new ProcessBuilder(shell).redirectErrorStream(true).start();
        SmallDisk disk = new SmallDisk(process, mountPoint, shell.size() > 1);
        if (disk.run("mount -t tmpfs -o size=" + bytes + ",mode=0777 tmpfs '" + mountPoint + "'")) {
          return disk;
        }
        process.destroy();
      } catch (IOException e) {
        // No such program here: the next one may be.
      }
    }
    String why = "no disk in memory may be mounted here: be root, or allow user namespaces";
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException(why);
    }
    System.err.println("SKIPPED: " + why);
    return abort(why);
  }

  private boolean run(String command) {
    try {
      commands.write(command + " >/dev/null 2>&1; echo $?\n");
      commands.flush();
      return "0".equals(answers.readLine());
    } catch (IOException e) {
      return false; // the shell has ended: it may not do what it was started for
    }
  }

  /** Where it is for this JVM and the processes that it starts. */
  Path folder() {
    return folder;
  }

  /** Gives it so much room above what lies on it. */
  void room(long bytes) {
    try {
      FileStore store = Files.getFileStore(folder);
      long used = store.getTotalSpace() - store.getUsableSpace();
      assertThat(run("mount -o remount,size=" + (used + bytes) + " '" + mountPoint + "'"))
          .as("resized")
          .isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    boolean gone = run("umount '" + mountPoint + "'");
    commands.close();
    assertThat(gone).as("unmounted").isTrue();
  }
}
