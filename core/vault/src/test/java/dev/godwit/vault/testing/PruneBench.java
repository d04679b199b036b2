package dev.godwit.vault.testing;

import dev.godwit.vault.PruneReport;
import dev.godwit.vault.PruneRequest;
import dev.godwit.vault.Vault;
import dev.godwit.vault.retention.RetentionRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Asks for prunes, and looks at what they leave. */
public final class PruneBench {
  private PruneBench() {}

  /** Keep the last of each group, rewrite volumes below half. */
  public static PruneRequest keepLast(int last) {
    return new PruneRequest(
        new RetentionRules(last, Map.of(), Optional.empty(), Set.of()),
        ZoneOffset.UTC,
        Optional.empty(),
        0.5,
        false);
  }

  /** The same as a dry run. */
  public static PruneRequest dry(PruneRequest request) {
    return new PruneRequest(
        request.rules(), request.zone(), request.source(), request.rewriteBelow(), true);
  }

  /** Prunes to the last ones. */
  public static PruneReport prune(Vault vault, Bench bench, int last) {
    return vault.prune(keepLast(last), bench.context);
  }

  /** The files below a folder of a vault, by relative paths, sorted. */
  public static List<String> files(Path vault, String folder) {
    Path from = vault.resolve(folder);
    if (!Files.exists(from)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(from)) {
      return all.filter(Files::isRegularFile)
          .map(file -> vault.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of all files below a folder of a vault. */
  public static long bytes(Path vault, String folder) {
    return files(vault, folder).stream().mapToLong(f -> vault.resolve(f).toFile().length()).sum();
  }
}
