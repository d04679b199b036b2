package dev.godwit.vault.lock;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.spi.storage.Storage.StoredFile;
import dev.godwit.vault.block.VolumeId;
import dev.godwit.vault.file.Json;
import dev.godwit.vault.file.Layout;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A lock file of this process. It is written again now and then, so that its age by the storage's
 * clock shows whether its owner lives. One that was found missing, or was not written again in
 * time, is lost and stays so: a machine that slept may not act as if nobody had looked.
 */
final class HeldLock implements AutoCloseable {
  /** How often a lock is written again. */
  static final Duration REFRESH = Duration.ofMinutes(2);

  /** A lock of another machine that is older counts as dead. */
  static final Duration EXPIRY = Duration.ofMinutes(30);

  private final Storage storage;
  private final String path;
  private final byte[] content;
  private final Consumer<String> warnings;
  private final ScheduledExecutorService refresher;
  private volatile boolean lost;

  private HeldLock(Storage storage, String path, byte[] content, Consumer<String> warnings) {
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

  static HeldLock take(Storage storage, String kind, String what, Consumer<String> warnings)
      throws IOException {
    String path = Layout.LOCKS + '/' + VolumeId.random() + ".json";
    Instant taken = storage.now();
    byte[] content = Json.page().writeValueAsBytes(LockDocument.ofThisProcess(kind, what, taken));
    if (!storage.createIfAbsent(path, content)) {
      throw new GodwitException(
          ExitCode.FAILED, path + " in " + storage.display() + " is there already");
    }
    return new HeldLock(storage, path, content, warnings);
  }

  String path() {
    return path;
  }

  /** Writes it again, unless somebody has taken it for dead. */
  synchronized void refresh() {
    if (lost) {
      return;
    }
    try {
      StoredFile before = storage.stat(path);
      storage.replace(path, content);
      if (isTooLong(before.modified(), storage.stat(path).modified())) {
        lost = true;
      }
    } catch (NoSuchFileException e) {
      lost = true;
    } catch (IOException | RuntimeException e) {
      warnings.accept("the lock " + path + " could not be refreshed: " + e.getMessage());
    }
  }

  private static boolean isTooLong(Instant from, Instant to) {
    return from.plus(EXPIRY).isBefore(to);
  }

  /**
   * Whether nobody can have taken its owner for dead so far: it is written again, and the stamps of
   * both writes are held against each other, which are of one clock.
   */
  boolean isHeld() {
    refresh();
    return !lost;
  }

  @Override
  public void close() {
    refresher.shutdown();
    // A refresh that is under way, however long it takes, would bring the lock back.
    synchronized (this) {
      lost = true;
      try {
        storage.delete(path);
      } catch (IOException e) {
        warnings.accept("the lock " + path + " could not be removed: " + e.getMessage());
      }
    }
  }
}
