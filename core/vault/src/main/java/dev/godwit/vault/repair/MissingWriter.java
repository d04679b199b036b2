package dev.godwit.vault.repair;

import dev.godwit.vault.file.Layout;
import dev.godwit.vault.key.WriterFiles;
import dev.godwit.vault.key.WriterKeys;
import dev.godwit.vault.plane.VaultFiles;
import dev.godwit.vault.snapshot.Snapshots;
import java.util.function.Consumer;

/**
 * The key of a writer of snapshots that the vault lost: whoever has it brings it back. Without it
 * what that writer signed can be read, but not proven.
 */
final class MissingWriter {
  private MissingWriter() {}

  /**
   * Keeps the key at hand where snapshots are of it and its file is gone.
   *
   * @param warnings told that it was
   */
  static void bringBack(VaultFiles files, Consumer<String> warnings) {
    files.writing().ifPresent(writer -> bringBack(files, writer, warnings));
  }

  private static void bringBack(VaultFiles files, WriterKeys writer, Consumer<String> warnings) {
    String id = writer.writerId();
    if (!WriterFiles.ids(files.storage()).contains(id)
        && new Snapshots(files)
            .heads(bent -> {}).stream()
                .anyMatch(head -> head.writer().filter(id::equals).isPresent())) {
      WriterFiles.keep(files.storage(), writer);
      warnings.accept(Layout.writer(id) + " was missing, and is there again");
    }
  }
}
