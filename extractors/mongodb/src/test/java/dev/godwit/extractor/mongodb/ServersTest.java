package dev.godwit.extractor.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.extractor.mongodb.schema.Collections;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.run.Cancellation;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.spi.store.Options;
import dev.godwit.spi.store.PasswordSource;
import dev.godwit.spi.store.Source;
import dev.godwit.spi.store.StoreAddress;
import dev.godwit.spi.store.StoreUri;
import dev.godwit.testkit.sample.OddDocuments;
import dev.godwit.testkit.server.mongo.Ability;
import dev.godwit.testkit.server.mongo.MongoServer;
import dev.godwit.testkit.server.mongo.RanAgainst;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a server is asked before it is read: its databases, and what instant it shows. */
@ExtendWith(RanAgainst.class)
class ServersTest {
  private final MongoServer server = MongoServer.shared();
  private final RootAllocator allocator = new RootAllocator();
  private final String database = server.freeName();
  private final List<String> warnings = new ArrayList<>();

  ServersTest() {
    assertThat(server.insert(database, "birds", OddDocuments.ofSize(1, 100))).isTrue();
  }

  @AfterEach
  void drop() {
    server.drop(database);
    allocator.close();
  }

  private Extractor open(String uri) {
    MongoExtractorProvider provider = new MongoExtractorProvider();
    StoreUri parsed = StoreUri.parse(uri);
    return provider.open(
        new StoreAddress(parsed, Options.bind(provider.options(), parsed), PasswordSource.NONE),
        new PluginContext(allocator, new Cancellation(), warnings::add, 1));
  }

  @Test
  void aUriWithoutADatabaseMeansAllOfThemButTheServersOwn() {
    try (Extractor extractor = open(server.uri(""))) {
      assertThat(extractor.sources())
          .extracting(Source::database)
          .contains(database)
          .doesNotContain("admin", "config", "local");
    }
  }

  @Test
  void aLoadThatDidNotComeToItsEndIsTold() {
    assertThat(server.insert(database, Collections.LEDGER, OddDocuments.ofSize(1, 100))).isTrue();
    try (Extractor extractor = open(server.uri(database));
        ExtractRun run =
            extractor.begin(new ExtractRequest(extractor.sources().get(0), DatasetFilter.ALL))) {
      assertThat(run.catalogue().datasets()).hasSize(1);
    }
    assertThat(warnings).anyMatch(warning -> warning.contains("did not come to its end"));
  }

  @Test
  void theSameServerHasTheSameIdentityEachTime() {
    try (Extractor one = open(server.uri(""));
        Extractor other = open(server.uri(database))) {
      assertThat(other.info()).isEqualTo(one.info());
    }
  }

  /** Some servers take the read concern "snapshot", and answer without an instant. */
  @Test
  void anInstantIsPromisedOnlyWhereTheServerShowsOne() {
    for (String wanted : new String[] {"snapshot", "partition"}) {
      String uri = MongoTests.option(server.uri(database), "consistency=" + wanted);
      if (server.can(Ability.SNAPSHOTS)) {
        open(uri).close();
      } else {
        assertThatThrownBy(() -> open(uri))
            .isInstanceOfSatisfying(
                GodwitException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED))
            .hasMessageContaining("cannot show one instant");
      }
    }
  }

  @Test
  void whatIsWrittenAfterTheInstantIsNotRead() {
    server.need(Ability.SNAPSHOTS);
    try (Extractor extractor = open(server.uri(database));
        ExtractRun run =
            extractor.begin(new ExtractRequest(extractor.sources().get(0), DatasetFilter.ALL))) {
      assertThat(server.insert(database, "birds", OddDocuments.ofSize(2, 100))).isTrue();
      assertThat(Rows.count(run)).isEqualTo(1);
      assertThat(run.conclude().point().token()).startsWith("cluster time ");
    }
  }

  @Test
  void aCollectionThatWasDroppedMeanwhileFailsTheRun() {
    try (Extractor extractor = open(server.uri(database));
        ExtractRun run =
            extractor.begin(new ExtractRequest(extractor.sources().get(0), DatasetFilter.ALL))) {
      server.database(database).getCollection("birds").drop();
      assertThatThrownBy(run::conclude)
          .hasMessageContaining("collection " + database + ".birds was dropped or renamed");
    }
  }
}
