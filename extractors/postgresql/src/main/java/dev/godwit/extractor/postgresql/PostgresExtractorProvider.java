package dev.godwit.extractor.postgresql;

import dev.godwit.extractor.postgresql.session.Sessions;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.StoreAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads {@code postgresql://} and {@code postgres://}: PostgreSQL 10 and newer. */
public final class PostgresExtractorProvider implements ExtractorProvider {
  /** Option: whether passwords that definitions hold are carried. */
  static final OptionSpec SECRETS =
      OptionSpec.onOff(
          "with-secrets", false, "carry the passwords of user mappings and subscriptions");

  /** Option: whether the server's roles are carried. */
  static final OptionSpec ROLES =
      OptionSpec.onOff("roles", false, "carry the server's roles and their memberships");

  @Override
  public Set<String> schemes() {
    return Set.of("postgresql", "postgres");
  }

  @Override
  public List<OptionSpec> options() {
    return Stream.concat(Sessions.OPTIONS.stream(), Stream.of(SECRETS, ROLES)).toList();
  }

  @Override
  public Extractor open(StoreAddress address, PluginContext context) {
    return new PostgresExtractor(address, context);
  }
}
