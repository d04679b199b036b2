package dev.godwit.vault.plane;

import dev.godwit.spi.error.GodwitException;
import dev.godwit.vault.file.Layout;
import dev.godwit.vault.key.ReaderKeys;
import dev.godwit.vault.key.WriterFiles;
import dev.godwit.vault.key.WriterKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The domains of an encrypted vault whose keys are at hand. */
public final class KnownDomains {
  private KnownDomains() {}

  /**
   * Those of the writer that opened the vault; whoever reads it opens those of all writers that the
   * vault keeps. One for each source; none where the vault is not encrypted.
   *
   * @param sources their ids
   * @param failed hears of each file of a writer that is bent
   */
  public static List<WriterDomain> of(
      VaultFiles files, Collection<String> sources, BiConsumer<String, GodwitException> failed) {
    List<WriterDomain> domains = new ArrayList<>();
    writers(files, failed)
        .values()
        .forEach(
            writer ->
                sources.forEach(
                    source -> domains.add(new WriterDomain(writer, writer.domain(source)))));
    return domains;
  }

  private static Map<String, WriterKeys> writers(
      VaultFiles files, BiConsumer<String, GodwitException> failed) {
    Map<String, WriterKeys> writers = new HashMap<>();
    files.writing().ifPresent(own -> writers.put(own.writerId(), own));
    if (files.keys() instanceof ReaderKeys reader) {
      for (String id : WriterFiles.ids(files.storage())) {
        try {
          writers.put(id, WriterFiles.open(files.storage(), reader, id));
        } catch (GodwitException e) {
          failed.accept(Layout.writer(id), e);
        }
      }
    }
    return writers;
  }
}
