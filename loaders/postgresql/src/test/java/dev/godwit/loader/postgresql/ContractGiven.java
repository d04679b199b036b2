package dev.godwit.loader.postgresql;

import dev.godwit.extractor.postgresql.PostgresExtractorProvider;
import dev.godwit.spi.extract.ExtractorProvider;
import dev.godwit.spi.load.LoaderProvider;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.StoreUri;
import dev.godwit.testkit.contract.LoaderGiven;
import dev.godwit.testkit.contract.LoaderSample;
import dev.godwit.testkit.server.PostgresServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the contract tests need: a small database of every phase, empty ones beside it. */
interface ContractGiven extends LoaderGiven {
  /** One sample for all tests of this JVM. */
  final class Sample {
    private Sample() {}

    private static LoaderSample made;

    static synchronized LoaderSample get() {
      if (made == null) {
        PostgresServer server = PostgresServer.shared();
        String database = server.createDatabase();
        server.execute(database, Databases.script("sample.sql"));
        made =
            new LoaderSample(
                server.uri(database),
                PasswordSource.NONE,
                List.of(
                    "postgresql://postgres@127.0.0.1:1/" + database,
                    server.uri(database).replace("postgres@", "nobody_at_all@")));
      }
      return made;
    }
  }

  @Override
  default LoaderProvider provider() {
    return new PostgresqlLoaderProvider();
  }

  @Override
  default ExtractorProvider reader() {
    return new PostgresExtractorProvider();
  }

  @Override
  default LoaderSample sample() {
    return Sample.get();
  }

  @Override
  default String emptyTarget() {
    PostgresServer server = PostgresServer.shared();
    return server.uri(server.createDatabase());
  }

  @Override
  default Optional<String> missingTarget() {
    String target = emptyTarget();
    String database = StoreUri.parse(target).path();
    PostgresServer.shared().execute("postgres", "drop database " + database);
    return Optional.of(target);
  }

  @Override
  default DatasetName inTarget(String targetUri, DatasetName name) {
    List<String> parts = new ArrayList<>(name.parts());
    parts.set(0, StoreUri.parse(targetUri).path());
    return new DatasetName(parts);
  }
}
