package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.session.Role;
import dev.godwit.extractor.postgresql.session.Sessions;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.LoaderProvider;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.StoreAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the loader for {@code postgresql://} and {@code postgres://}. */
public final class PostgresqlLoaderProvider implements LoaderProvider {
  /** Option: the memory, in MB, that all sessions that build indexes share. */
  static final OptionSpec INDEX_MEMORY =
      OptionSpec.number(
          "indexMemory", 512, "MB of the server's memory that building indexes shares");

  /** Option: whose things were is left out. */
  static final OptionSpec NO_OWNER =
      OptionSpec.onOff("no-owner", false, "leave everything to the user who loads");

  /** Option: who may do what is left out. */
  static final OptionSpec NO_PRIVILEGES =
      OptionSpec.onOff("no-privileges", false, "leave grants and default privileges out");

  @Override
  public Set<String> schemes() {
    return Set.of("postgresql", "postgres");
  }

  @Override
  public List<OptionSpec> options() {
    return Stream.concat(
            Sessions.OPTIONS.stream(), Stream.of(INDEX_MEMORY, NO_OWNER, NO_PRIVILEGES))
        .toList();
  }

  @Override
  public Loader open(StoreAddress address, PluginContext context) {
    Sessions sessions = new Sessions(address, Role.TARGET, context.cancellation());
    return new PostgresqlLoader(
        new TargetDatabase(sessions),
        context,
        address.options().number(INDEX_MEMORY.key()),
        new LeftOut(
            address.options().on(NO_OWNER.key()), address.options().on(NO_PRIVILEGES.key())));
  }
}
