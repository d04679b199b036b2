package dev.godwit.vault.check;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.storage.Storage;
import dev.godwit.vault.CheckReport;
import dev.godwit.vault.block.VolumeId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What a check has found so far: one damage to a file. Safe for use by many threads. */
final class Findings {
  private static final int MOST_HITS = 100;
  private static final String OTHERS = "and others";

  private final Storage storage;
  private final Consumer<Long> progress;
  private final Map<String, Found> damages = new TreeMap<>();
  private final Set<String> remarks = new TreeSet<>();
  private final AtomicLong snapshots = new AtomicLong();
  private final AtomicLong volumes = new AtomicLong();
  private final AtomicLong blocks = new AtomicLong();
  private final AtomicLong volumesRead = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final Map<VolumeId, Integer> unproven = new ConcurrentHashMap<>();

  private static final class Found {
    private final String what;
    private final Set<String> hits = new LinkedHashSet<>();
    private int more;

    Found(String what) {
      this.what = what;
    }
  }

  Findings(Storage storage, Consumer<Long> progress) {
    this.storage = storage;
    this.progress = progress;
  }

  /** A file is damaged; of several damages to one file the first is told in full. */
  synchronized void damage(String path, String what) {
    Found found = damages.get(path);
    if (found == null) {
      damages.put(path, new Found(what));
    } else if (!found.what.equals(what)) {
      found.more++;
    }
  }

  /** A file is damaged, and a snapshot's dataset cannot be read for it. */
  synchronized void damage(String path, String what, String hit) {
    damage(path, what);
    hit(path, hit);
  }

  /** A file is missing or was found damaged before, and a snapshot's dataset needs it. */
  synchronized void missing(String path, String hit) {
    damages.computeIfAbsent(path, p -> new Found("is missing"));
    hit(path, hit);
  }

  /** A snapshot's dataset cannot be read for a file that is known to be damaged. */
  synchronized void hit(String path, String hit) {
    Found found = damages.get(path);
    if (found == null || found.hits.contains(hit)) {
      return;
    }
    if (found.hits.size() < MOST_HITS) {
      found.hits.add(hit);
    } else {
      found.hits.add(OTHERS);
    }
  }

  /**
   * Takes a failure to read a file as what it is.
   *
   * @throws GodwitException the failure itself, where it is no damage but, say, a lost network
   */
  void failure(String path, GodwitException failure, String hit) {
    failure(path, failure);
    hit(path, hit);
  }

  /**
   * Takes a failure to read a file as what it is.
   *
   * @throws GodwitException as {@link #failure(String, GodwitException, String)}
   */
  void failure(String path, GodwitException failure) {
    if (failure.exitCode() != ExitCode.DAMAGED && failure.exitCode() != ExitCode.TOO_NEW) {
      throw failure;
    }
    String named = path + " in " + storage.display() + ' ';
    String message = String.valueOf(failure.getMessage());
    damage(path, message.startsWith(named) ? message.substring(named.length()) : message);
  }

  /** Snapshots were dropped while the vault was checked: that they cannot be read is no damage. */
  synchronized void forget(Set<String> snapshots) {
    if (!snapshots.isEmpty()) {
      damages
          .values()
          .removeIf(
              found ->
                  found.hits.removeIf(hit -> snapshots.contains(hit.split(":", 2)[0]))
                      && found.hits.isEmpty());
      remark("snapshots that were dropped while the vault was checked: " + snapshots.size());
    }
  }

  /** Whether a file was found to be damaged. */
  synchronized boolean isDamaged(String path) {
    return damages.containsKey(path);
  }

  synchronized void remark(String text) {
    remarks.add(text);
  }

  void snapshot() {
    snapshots.incrementAndGet();
  }

  void volume() {
    volumes.incrementAndGet();
  }

  void volumeRead() {
    volumesRead.incrementAndGet();
  }

  /** The ids of so many blocks of a volume could not be proven. */
  void unproven(VolumeId volume, int count) {
    unproven.put(volume, count);
  }

  /**
   * Tells how many blocks were not held against their ids.
   *
   * @param used volumes that snapshots refer to
   */
  void tellUnproven(Set<VolumeId> used) {
    if (unproven.isEmpty()) {
      return;
    }
    long needed = unproven.keySet().stream().filter(used::contains).count();
    remark(
        unprovenBlocks()
            + " blocks in "
            + unproven.size()
            + " volumes open, but were not held against their ids: no snapshot names their source,"
            + " or keys/writers does not keep their writer's key; snapshots use "
            + (needed == 0 ? "none" : needed)
            + " of these volumes");
  }

  private long unprovenBlocks() {
    return unproven.values().stream().mapToLong(Integer::longValue).sum();
  }

  void blocks(long count) {
    blocks.addAndGet(count);
  }

  void read(long count) {
    bytes.addAndGet(count);
    progress.accept(count);
  }

  synchronized CheckReport report() {
    List<CheckReport.Damage> told = new ArrayList<>();
    damages.forEach(
        (path, found) -> {
          String what = found.what + (found.more == 0 ? "" : "; and " + found.more + " more");
          told.add(new CheckReport.Damage(path, what, List.copyOf(found.hits)));
        });
    return new CheckReport(
        snapshots.get(),
        volumes.get(),
        blocks.get(),
        volumesRead.get(),
        bytes.get(),
        unprovenBlocks(),
        told,
        List.copyOf(remarks));
  }
}
