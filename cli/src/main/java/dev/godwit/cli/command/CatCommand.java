package dev.godwit.cli.command;

import dev.godwit.cli.option.OutputOptions;
import dev.godwit.cli.option.SnapshotOptions;
import dev.godwit.cli.option.VaultKeyOptions;
import dev.godwit.cli.progress.Outcome;
import dev.godwit.cli.records.CsvRecords;
import dev.godwit.cli.records.DatasetText;
import dev.godwit.cli.records.DocumentRecords;
import dev.godwit.cli.records.JsonRecords;
import dev.godwit.cli.records.KeyRecords;
import dev.godwit.cli.records.RecordFormat;
import dev.godwit.cli.run.Run;
import dev.godwit.cli.run.Trail;
import dev.godwit.cli.run.VaultPlaces;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.mapping.run.Conversions;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.ExtractRun;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.Vault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code godwit cat}. */
@Command(
    name = "cat",
    header = "Write the records of a dataset, as JSON lines, CSV or BSON.",
    description = {
      "Binary values are written in base64. A value that its column's type cannot hold, such as"
          + " PostgreSQL's numeric NaN, is never shown as a null: JSON has"
          + " {\"misfit\":\"NAN\",\"value\":\"NaN\"} in its place, CSV the value itself.",
      "A document is written as MongoDB's Extended JSON, relaxed, in one line; in CSV that text is"
          + " the one column. BSON keeps every byte of it, as mongorestore and bsondump read it.",
      "With --file the dataset is a GridFS bucket, and one file of it is written, put together from"
          + " its chunks; nothing is written unless all of it is there."
    },
    footer = {
      "  godwit cat /srv/vault orders --limit 3",
      "  godwit cat /srv/vault public.orders --format csv > orders.csv",
      "  godwit cat /srv/vault orders --snapshot tag:before-upgrade | jq .total",
      "  godwit cat /srv/vault fs --file logo.png > logo.png"
    })
final class CatCommand implements Callable<Integer> {
  /** How records are written. */
  enum Format {
    json,
    csv,
    bson
  }

  @Parameters(
      index = "0",
      paramLabel = "VAULT",
      description = "The vault: a folder, or its s3:// or sftp:// address.")
  private String place;

  @Parameters(
      index = "1",
      paramLabel = "DATASET",
      description = "The dataset, such as orders or public.orders.")
  private String dataset;

  @Mixin private SnapshotOptions snapshot;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "json",
      description =
          "json (the default) for JSON lines, csv (RFC 4180), or bson for documents as they are.")
  private Format format;

  @Option(names = "--limit", paramLabel = "N", description = "Write at most so many records.")
  private Long limit;

  @Option(
      names = "--file",
      paramLabel = "NAME",
      description = "Write a file of a GridFS bucket; of several of one name the last uploaded.")
  private String file;

  @Mixin private VaultKeyOptions vaultKeys;
  @Mixin private OutputOptions output;
  private final Terminal terminal;

  CatCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (limit != null && limit < 0) {
      throw new GodwitException(ExitCode.USAGE, "--limit " + limit + " is less than 0");
    }
    if (output.json() && format != Format.json) {
      throw new GodwitException(
          ExitCode.USAGE, "--json and --format " + format + " exclude each other");
    }
    if (file != null && (limit != null || format != Format.json || output.json())) {
      throw new GodwitException(
          ExitCode.USAGE,
          "--file writes the file as it is, and takes no --limit, --format or --json");
    }
    Trail trail = Trail.reading("cat", terminal);
    trail.tell("dataset", dataset);
    return Run.of(output.questionView(terminal), 1, 1, trail, context -> write(trail, context));
  }

  private Outcome write(Trail trail, PluginContext context) {
    Vault vault =
        trail.opened(
            Vault.open(
                VaultPlaces.open(place, terminal, context),
                vaultKeys.given(terminal).toRead(context)),
            context);
    Manifest manifest = vault.find(snapshot.choice());
    trail.tell("snapshot", manifest.id());
    try (ExtractRun run = vault.read(manifest, context)) {
      write(run, manifest, new DatasetText(run, context.cancellation()));
      terminal.flush(); // what cannot be written is no success, here and in the audit
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Outcome(ExitCode.DONE, List.of(), Map.of());
  }

  private void write(ExtractRun run, Manifest manifest, DatasetText text) throws IOException {
    if (file != null) {
      new Bucket(run, manifest, dataset).write(file, text, terminal.out());
      return;
    }
    Dataset found = OneDataset.of(run, manifest, dataset);
    try (RecordFormat records = records(found)) {
      text.write(found, records, limit == null ? Long.MAX_VALUE : limit);
    }
  }

  private RecordFormat records(Dataset found) throws IOException {
    boolean documents = Conversions.isDocuments(found);
    boolean keys = KeyValues.in(found.schema());
    return switch (format) {
      case csv -> new CsvRecords(terminal.out(), found.schema());
      case json ->
          documents
              ? DocumentRecords.json(terminal.out())
              : keys
                  ? new KeyRecords(terminal.out(), found.schema())
                  : new JsonRecords(terminal.out(), found.schema());
      case bson -> {
        if (!documents) {
          throw new GodwitException(
              ExitCode.USAGE,
              found.name() + " holds rows, and BSON is for documents",
              "use --format json or csv");
        }
        yield DocumentRecords.bson(terminal.out());
      }
    };
  }
}
