package dev.godwit.vault.lock;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.file.SmallFile;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Says that a writer is at work in the vault. Shared: any number of writers may hold one each. It
 * is written again now and then, so that its age by the storage's clock shows whether its writer
 * lives.
 */
public final class WriterLock implements AutoCloseable {
  /** How often a lock is written again. */
  static final Duration REFRESH = Duration.ofMinutes(2);

  /** A lock of another machine that is older counts as dead. */
  static final Duration EXPIRY = Duration.ofMinutes(30);

  private final Storage storage;
  private final String path;
  private final byte[] content;
  private final Consumer<String> warnings;
  private final ScheduledExecutorService refresher;

  private WriterLock(Storage storage, String path, byte[] content, Consumer<String> warnings) {
    this.storage = storage;
    this.path = path;
    this.content = content;
    this.warnings = warnings;
    this.refresher =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "godwit-lock");
              thread.setDaemon(true);
              return thread;
            });
    long every = REFRESH.toSeconds();
    var unused = refresher.scheduleAtFixedRate(this::refresh, every, every, TimeUnit.SECONDS);
  }

  /**
   * Takes a lock.
   *
   * @param what is being done, for people
   */
  public static WriterLock take(Storage storage, String what, Consumer<String> warnings) {
    String path = Layout.LOCKS + '/' + VolumeId.random() + ".json";
    try {
      byte[] content = Json.page().writeValueAsBytes(ThisProcess.lock(what));
      SmallFile.create(storage, path, content);
      return new WriterLock(storage, path, content, warnings);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void refresh() {
    try {
      storage.replace(path, content);
    } catch (IOException | RuntimeException e) {
      warnings.accept("the lock " + path + " could not be refreshed: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    refresher.shutdownNow();
    try {
      // A refresh that is under way would bring the lock back.
      boolean unused = refresher.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      storage.delete(path);
    } catch (IOException e) {
      warnings.accept("the lock " + path + " could not be removed: " + e.getMessage());
    }
  }
}
