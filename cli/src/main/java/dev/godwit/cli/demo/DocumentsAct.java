package dev.godwit.cli.demo;

import dev.godwit.cli.records.DatasetText;
import dev.godwit.cli.records.DocumentRecords;
import dev.godwit.cli.run.PasswordPlaces;
import dev.godwit.cli.run.Stores;
import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.compare.CompareJob;
import dev.godwit.compare.CompareListener;
import dev.godwit.compare.CompareReport;
import dev.godwit.compare.CompareRequest;
import dev.godwit.compare.CompareSide;
import dev.godwit.mapping.run.MappingRequest;
import dev.godwit.restore.GoingOn;
import dev.godwit.restore.MigrateJob;
import dev.godwit.restore.MigrateRequest;
import dev.godwit.restore.Migration;
import dev.godwit.restore.MoveReport;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRequest;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.name.DatasetPattern;
import dev.godwit.spi.name.Renames;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.transfer.TransferListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The demonstration's last act: the shop goes into a document store, is asked for, and compared.
 */
final class DocumentsAct {
  /** Orders and their items stay: the stand-in would take longer for them than all the rest. */
  private static final DatasetFilter MOVED =
      new DatasetFilter(
          Stream.of("customers", "products").map(DatasetPattern::parse).toList(),
          List.of(),
          List.of(),
          List.of());

  private static final String QUESTION =
      "{\"preferences.language\": \"de\", \"preferences.sizes\": 40}";

  private final String shop;
  private final String documents;
  private final PasswordPlaces passwords;
  private final Terminal terminal;
  private final PluginContext context;

  /**
   * An act between two stores.
   *
   * @param shop the address of the rows
   * @param documents the address of the database to be made
   */
  DocumentsAct(
      String shop,
      String documents,
      PasswordPlaces passwords,
      Terminal terminal,
      PluginContext context) {
    this.shop = shop;
    this.documents = documents;
    this.passwords = passwords;
    this.terminal = terminal;
    this.context = context;
  }

  void play(Story story) {
    story.step("migrate", this::migrate);
    story.step("query", this::query);
    story.step("compare", this::compare);
  }

  private String migrate() {
    try (Extractor extractor = Stores.source(shop, passwords, terminal, context);
        Loader loader = Stores.target(documents, passwords, terminal, context);
        Migration migration =
            new MigrateJob(
                    extractor,
                    loader,
                    new MigrateRequest(
                        MOVED, List.of(), MappingRequest.PLAIN, false, true, GoingOn.ANEW),
                    context)
                .open()) {
      MoveReport report = migration.move(TransferListener.SILENT);
      return Amounts.count(report.transfer().rows(), "row")
          + " of customers and products became documents";
    }
  }

  private String query() {
    DatasetPattern customers = DatasetPattern.parse("customers");
    DatasetFilter asked =
        new DatasetFilter(
            List.of(customers),
            List.of(),
            List.of(new DatasetFilter.Where(customers, QUESTION)),
            List.of());
    try (Extractor extractor = Stores.source(documents, passwords, terminal, context);
        ExtractRun run = extractor.begin(new ExtractRequest(extractor.sources().get(0), asked))) {
      Dataset found;
      try (Stream<Dataset> datasets = run.catalogue().datasets()) {
        found = datasets.findFirst().orElseThrow();
      }
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      try (var records = DocumentRecords.json(text)) {
        new DatasetText(run, context.cancellation()).write(found, records, Long.MAX_VALUE);
      }
      List<String> lines = text.toString(StandardCharsets.UTF_8).lines().toList();
      if (lines.isEmpty()) {
        throw new GodwitException(ExitCode.DIFFERENT, "the query " + QUESTION + " finds nothing");
      }
      return "customers "
          + QUESTION
          + ": "
          + Amounts.count(lines.size())
          + ", the first is\n   "
          + lines.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String compare() {
    try (Extractor rows = Stores.source(shop, passwords, terminal, context);
        Extractor made = Stores.source(documents, passwords, terminal, context)) {
      CompareReport report =
          new CompareJob(
                  new CompareSide.Store(rows),
                  new CompareSide.Store(made),
                  new CompareRequest(MOVED, Renames.NONE, 0),
                  context)
              .run(CompareListener.counting(TransferListener.SILENT));
      if (!report.same()) {
        throw new GodwitException(
            ExitCode.DIFFERENT, report.different() + " collections are not what the rows were");
      }
      return "all " + Amounts.count(report.rowsB(), "document") + " are what the rows would become";
    }
  }
}
