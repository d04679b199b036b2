package dev.godwit.spi.extract;

import dev.godwit.spi.store.Capability;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreInfo;
import java.util.List;
import java.util.Set;

/** An open store, to be read. Used by one thread; its runs say for themselves. */
public interface Extractor extends AutoCloseable {
  /** What answered. */
  StoreInfo info();

  /** What it promises on this server. */
  Set<Capability> capabilities();

  /**
   * The sources that the URI names: one where it names a database, else all of them.
   *
   * @return at least one
   */
  List<Source> sources();

  /**
   * Begins to read one source at one consistency point.
   *
   * @throws dev.godwit.spi.error.GodwitException {@code USAGE} where the filter matches no dataset,
   *     the request asks for what is not among the capabilities, or a query of it is wrong
   */
  ExtractRun begin(ExtractRequest request);

  @Override
  void close();
}
