package dev.godwit.extractor.postgresql;

import dev.godwit.extractor.postgresql.session.Sessions;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.StoreAddress;
import java.util.List;
import java.util.Set;

/** Reads {@code postgresql://} and {@code postgres://}: PostgreSQL 10 and newer. */
public final class PostgresExtractorProvider implements ExtractorProvider {

  @Override
  public Set<String> schemes() {
    return Set.of("postgresql", "postgres");
  }

  @Override
  public List<OptionSpec> options() {
    return Sessions.OPTIONS;
  }

  @Override
  public Extractor open(StoreAddress address, PluginContext context) {
    return new PostgresExtractor(address, context);
  }
}
