package dev.godwit.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.cli.screen.Terminal;
import dev.godwit.spi.error.CancelledException;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.storage.ForwardingStorage;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.testkit.memory.MemoryStorage;
import dev.godwit.vault.Places;
import dev.godwit.vault.Vault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an audit is told of a run, and what is told of it. */
class TrailTest {
  @TempDir Path folder;

  /** Whoever interrupts it waits for each request of a far vault, of which a record takes some. */
  @Test
  void whatIsInterruptedBeforeItBeganIsToldNowhere() {
    String place = folder.resolve("vault").toString();
    Vault.create(Places.open(place)).close();
    Terminal terminal =
        new Terminal(new ByteArrayOutputStream(), System.err, Map.of(), false, false, false, 80);
    Cancellation cancellation = new Cancellation();
    try (RootAllocator allocator = new RootAllocator();
        Trail trail = Trail.changing("backup", terminal)) {
      PluginContext context = new PluginContext(allocator, cancellation, warning -> {}, 1);
      cancellation.cancel(ExitCode.INTERRUPTED);
      Vault vault = Vault.open(Places.open(place));
      assertThatThrownBy(() -> trail.opened(vault, context)).isInstanceOf(CancelledException.class);
      assertThatThrownBy(() -> trail.openedToRead(vault, context))
          .isInstanceOf(CancelledException.class);
      trail.ended(ExitCode.INTERRUPTED.status());
    }
    assertThat(folder.resolve("vault/audit")).doesNotExist();
  }

  /** Of two runs of one host the other may end between this one's look at the audit and its own. */
  @Test
  void whatAnotherRunHasWrittenMeanwhileIsNotGone() throws Exception {
    Path state = folder.resolve("state");
    Terminal terminal =
        new Terminal(
            new ByteArrayOutputStream(),
            System.err,
            Map.of("XDG_STATE_HOME", state.toString()),
            false,
            false,
            false,
            80);
    Storage storage = new MemoryStorage();
    Vault.create(storage).close();
    List<String> warnings = new ArrayList<>();
    Runnable other = () -> read(Vault.open(storage), terminal, warnings);
    other.run();
    read(Vault.open(new FollowedStorage(storage, other)), terminal, warnings);
    assertThat(warnings).isEmpty();
    Path seen;
    try (Stream<Path> files = Files.walk(state)) {
      seen = files.filter(file -> file.toString().contains("audit-heads-")).findAny().orElseThrow();
    }
    // What the other wrote last is remembered too: it would be missed.
    try (Stream<StoredFile> records = storage.list("audit")) {
      String newest = records.map(StoredFile::path).max(String::compareTo).orElseThrow();
      assertThat(newest).contains("0000000003");
      assertThat(Files.readString(seen)).contains(newest.replaceAll(".*/|[.]json", ""));
    }
  }

  private static void read(Vault vault, Terminal terminal, List<String> warnings) {
    try (RootAllocator allocator = new RootAllocator();
        Trail trail = Trail.reading("check", terminal)) {
      trail.opened(vault, new PluginContext(allocator, new Cancellation(), warnings::add, 1));
      trail.ended(ExitCode.DONE.status());
    }
  }

  /** Something else happens right after the first record of the audit. */
  private static final class FollowedStorage extends ForwardingStorage {
    private Runnable next;

    FollowedStorage(Storage below, Runnable next) {
      super(below);
      this.next = next;
    }

    @Override
    public boolean createIfAbsent(String path, byte[] content) throws IOException {
      boolean made = super.createIfAbsent(path, content);
      Runnable now = path.startsWith("audit/") ? next : null;
      if (now != null) {
        next = null;
        now.run();
      }
      return made;
    }
  }
}
