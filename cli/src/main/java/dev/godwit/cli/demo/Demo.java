package dev.godwit.cli.demo;

import dev.godwit.backup.BackupJob;
import dev.godwit.backup.BackupRequest;
import dev.godwit.cli.run.PasswordPlaces;
import dev.godwit.cli.run.Stores;
import dev.godwit.cli.screen.Amounts;
import dev.godwit.cli.screen.Terminal;
import dev.godwit.mapping.run.MappingRequest;
import dev.godwit.restore.GoingOn;
import dev.godwit.restore.RestoreJob;
import dev.godwit.restore.RestoreReport;
import dev.godwit.restore.RestoreRequest;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.extract.Extractor;
import dev.godwit.spi.load.Loader;
import dev.godwit.spi.name.DatasetFilter;
import dev.godwit.spi.run.PluginContext;
import dev.godwit.transfer.TransferListener;
import dev.godwit.vault.Manifest;
import dev.godwit.vault.Places;
import dev.godwit.vault.SnapshotChoice;
import dev.godwit.vault.Vault;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The demonstration: a shop is backed up, changed, backed up again, restored into a second
 * database, and every row compared, by the server and not by Godwit. Then it goes into a document
 * store.
 */
public final class Demo {
  private static final String SHOP = "shop";
  private static final String COPY = "shop_copy";
  private static final PasswordPlaces NO_PASSWORD =
      PasswordPlaces.ofVariable("GODWIT_SOURCE_PASSWORD");

  private final Terminal terminal;
  private final PluginContext context;
  private final Story story;

  /** Told at this terminal. */
  public Demo(Terminal terminal, PluginContext context) {
    this.terminal = terminal;
    this.context = context;
    this.story = new Story(terminal);
  }

  /**
   * Plays it.
   *
   * @param keep whether server, databases and vault are left for the user to look at
   */
  public void play(boolean keep) {
    try (DemoFolder folder = new DemoFolder()) {
      story.say("A demonstration in " + folder.path() + ", with a server of its own.");
      story.say("");
      DemoServer[] started = new DemoServer[1];
      try {
        story.step(
            "start",
            () -> {
              started[0] = DemoServer.start(folder.path(), context.cancellation());
              return "PostgreSQL "
                  + started[0].ask("postgres", "show server_version")
                  + " at "
                  + started[0].uri("");
            });
        play(started[0], folder.path().resolve("vault"));
        moveOn(started[0]);
        story.say("");
        if (keep) {
          tellKept(started[0], folder.path());
          folder.keep();
          started[0] = null;
        } else {
          tellByHand("postgresql://user@host/" + SHOP, "postgresql://user@host/" + COPY, "vault");
        }
      } finally {
        if (started[0] != null) {
          started[0].close();
        }
      }
    }
    if (!keep) {
      story.say("");
      story.say("All of the demonstration is removed again; --keep would have left it running.");
    }
  }

  private void play(DemoServer server, Path place) {
    story.step(
        "fill",
        () -> {
          server.execute("postgres", "create database " + SHOP);
          server.execute(SHOP, Shop.create());
          return "a shop: " + rowsOf(server);
        });
    Manifest[] first = new Manifest[1];
    story.step(
        "back up",
        () -> {
          first[0] = backUp(server, place, true);
          return told(first[0]) + " stored";
        });
    story.step(
        "change",
        () -> {
          server.execute(SHOP, Shop.change());
          return "1 % of the orders";
        });
    story.step(
        "back up again",
        () -> {
          Manifest second = backUp(server, place, false);
          double part = 100.0 * second.totals().newBytes() / first[0].totals().newBytes();
          return told(second) + String.format(Locale.ROOT, " added: %.1f %% of the first", part);
        });
    story.step("restore", () -> restore(server, place));
    story.step("compare", () -> compare(server));
  }

  private void moveOn(DemoServer server) {
    DemoDocumentStore[] started = new DemoDocumentStore[1];
    try {
      story.step(
          "document store",
          () -> {
            started[0] = DemoDocumentStore.start();
            return DemoDocumentStore.NAME;
          });
      new DocumentsAct(server.uri(SHOP), started[0].uri(SHOP), NO_PASSWORD, terminal, context)
          .play(story);
    } finally {
      if (started[0] != null) {
        started[0].close();
      }
    }
  }

  private static String told(Manifest manifest) {
    return Amounts.count(manifest.totals().rows(), "row")
        + ", "
        + Amounts.bytes(manifest.totals().bytes())
        + " read, "
        + Amounts.bytes(manifest.totals().newBytes());
  }

  private static String rowsOf(DemoServer server) {
    StringBuilder told = new StringBuilder();
    for (String table : Shop.TABLES) {
      long rows = Long.parseLong(server.ask(SHOP, "select count(*) from " + table));
      told.append(told.isEmpty() ? "" : ", ").append(Amounts.count(rows)).append(' ').append(table);
    }
    return told.toString();
  }

  private Manifest backUp(DemoServer server, Path place, boolean make) {
    BackupRequest request =
        new BackupRequest(DatasetFilter.ALL, Optional.empty(), List.of(), false, false);
    try (Vault vault = make ? Vault.create(Places.open(place.toString())) : open(place);
        Extractor extractor = Stores.source(server.uri(SHOP), NO_PASSWORD, terminal, context)) {
      return new BackupJob(extractor, request, context)
          .run(vault, TransferListener.SILENT)
          .get(0)
          .manifest();
    }
  }

  private static Vault open(Path place) {
    return Vault.open(Places.open(place.toString()));
  }

  private String restore(DemoServer server, Path place) {
    RestoreRequest request =
        new RestoreRequest(
            SnapshotChoice.LATEST,
            DatasetFilter.ALL,
            MappingRequest.PLAIN,
            true,
            false,
            GoingOn.RESUME);
    try (Vault vault = open(place);
        Loader loader = Stores.target(server.uri(COPY), NO_PASSWORD, terminal, context)) {
      RestoreReport report =
          new RestoreJob(vault, loader, request, context).run(TransferListener.SILENT);
      return Amounts.count(report.transfer().rows(), "row") + " into a second database";
    }
  }

  private static String compare(DemoServer server) {
    long rows = 0;
    for (String table : Shop.TABLES) {
      String there = server.ask(SHOP, Shop.fingerprint(table));
      String here = server.ask(COPY, Shop.fingerprint(table));
      if (!there.equals(here)) {
        throw new GodwitException(
            ExitCode.DIFFERENT,
            "table " + table + " differs: (rows, hash) were " + there + " and are " + here);
      }
      rows += Long.parseLong(there.substring(0, there.indexOf(' ')));
    }
    return "all " + Amounts.count(rows, "row") + " are the same, by the server's own hashes";
  }

  private void tellByHand(String source, String target, String vault) {
    story.say("The same with a database of your own:");
    story.say("  godwit backup --init " + source + " " + vault);
    story.say("  godwit list " + vault);
    story.say("  godwit show " + vault);
    story.say("  godwit cat " + vault + " orders --limit 3");
    story.say("  godwit check --read-data " + vault);
    story.say("  godwit restore --create " + vault + " " + target);
    story.say("  godwit migrate --verify " + source + " mongodb://host/" + SHOP);
  }

  private void tellKept(DemoServer server, Path folder) {
    tellByHand(server.uri(SHOP), server.uri("another_copy"), folder.resolve("vault").toString());
    story.say("");
    story.say("Left running; look at it with any client:");
    story.say("  psql " + server.uri(SHOP));
    story.say("  psql " + server.uri(COPY));
    story.say("The document store was in this process, and has ended with it.");
    story.say("Stop the server and remove everything:");
    story.say("  kill -INT " + server.pid() + "; sleep 1; rm -r " + folder);
  }
}
