package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.session.Sessions;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.load.LoaderProvider;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.OptionSpec;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.Role;
import dev.godwit.spi.store.StoreAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
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

  /** Option: where things lay is left out. */
  static final OptionSpec NO_TABLESPACES =
      OptionSpec.onOff("no-tablespaces", false, "have everything in the database's own tablespace");

  /** Option: what security modules read is left out. */
  static final OptionSpec NO_SECURITY_LABELS =
      OptionSpec.onOff("no-security-labels", false, "leave security labels out");

  /** Option: what cannot be made is left out. */
  static final OptionSpec KEEP_GOING =
      OptionSpec.onOff("keep-going", false, "go on without definitions that the server refuses");

  /** Option: roles that the server lacks are made. */
  static final OptionSpec ROLES =
      OptionSpec.onOff("roles", false, "make the roles that the server lacks and the backup has");

  @Override
  public Set<String> schemes() {
    return Set.of("postgresql", "postgres");
  }

  @Override
  public List<OptionSpec> options() {
    return Stream.concat(
            Sessions.OPTIONS.stream(),
            Stream.of(
                INDEX_MEMORY,
                NO_OWNER,
                NO_PRIVILEGES,
                NO_TABLESPACES,
                NO_SECURITY_LABELS,
                KEEP_GOING,
                ROLES))
        .toList();
  }

  @Override
  public Loader open(StoreAddress address, PluginContext context) {
    Sessions sessions = new Sessions(address, Role.TARGET, context.cancellation());
    return new PostgresqlLoader(
        new TargetDatabase(sessions),
        context,
        address.options().number(INDEX_MEMORY.key()),
        address.options().on(KEEP_GOING.key()),
        leftOut(address.options()));
  }

  private static LeftOut leftOut(Options options) {
    Set<LeftOut.Part> parts = EnumSet.noneOf(LeftOut.Part.class);
    Map<OptionSpec, LeftOut.Part> asked =
        Map.of(
            NO_OWNER, LeftOut.Part.OWNERS,
            NO_PRIVILEGES, LeftOut.Part.PRIVILEGES,
            NO_TABLESPACES, LeftOut.Part.TABLESPACES,
            NO_SECURITY_LABELS, LeftOut.Part.LABELS);
    asked.forEach(
        (option, part) -> {
          if (options.on(option.key())) {
            parts.add(part);
          }
        });
    if (!options.on(ROLES.key())) {
      parts.add(LeftOut.Part.ROLES);
    }
    return new LeftOut(parts);
  }
}
