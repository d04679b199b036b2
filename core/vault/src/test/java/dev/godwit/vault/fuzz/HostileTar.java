package dev.godwit.vault.fuzz;

import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.vault.archive.TarImport;
import dev.godwit.vault.archive.TemporaryFolder;
import dev.godwit.vault.file.Layout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Unpacks a tar that anybody may have made, as {@code restore FILE} does. Whatever it holds, only
 * plain files and folders come to be, all of them below the folder, and no more bytes than the tar
 * has.
 */
final class HostileTar {
  private HostileTar() {}

  static void read(byte[] tar) throws IOException {
    try (TemporaryFolder around = new TemporaryFolder("godwit-fuzz-")) {
      Path into = Files.createDirectories(around.path().resolve("a/b/into"));
      try {
        Path vault =
            new TarImport("x.tar", new Cancellation(), read -> {})
                .unpack(new ByteArrayInputStream(tar), into);
        require(vault.startsWith(into) && isFile(vault.resolve(Layout.VAULT)), "no vault", vault);
      } catch (GodwitException e) {
        if (e.exitCode() != ExitCode.USAGE) { // documented here: it is no tar of a vault
          throw e;
        }
      } finally {
        requireInside(around.path(), into, tar.length);
      }
    }
  }

  private static void requireInside(Path around, Path into, long most) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(around)) {
      all = walk.toList();
    }
    long bytes = 0;
    for (Path each : all) {
      boolean above = into.startsWith(each);
      boolean plain = isFile(each) || Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS);
      require(above || (each.startsWith(into) && plain), "made", each);
      bytes += isFile(each) ? Files.size(each) : 0;
    }
    require(bytes <= most, "more bytes than the tar has", into);
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static void require(boolean holds, String what, Path path) {
    if (!holds) {
      throw new IllegalStateException(what + ' ' + path);
    }
  }
}
