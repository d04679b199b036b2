package dev.godwit.loader.memcached;

import dev.godwit.extractor.memcached.read.CrawlerDump;
import dev.godwit.extractor.memcached.session.MemcachedServer;
import dev.godwit.extractor.memcached.session.MemcachedServers;
import dev.godwit.extractor.memcached.value.Records;
import dev.godwit.loader.memcached.LoadOptions.IfExists;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.load.LoadPlan;
import dev.godwit.spi.load.Loader.Obstacle;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.spi.run.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks for everything that stands in the way of a plan. Writes nothing. */
final class Inspection {
  private final MemcachedServers servers;
  private final LoadPlan plan;
  private final LoadOptions options;
  private final Cancellation cancellation;
  private final List<Obstacle> obstacles = new ArrayList<>();

  Inspection(
      MemcachedServers servers, LoadPlan plan, LoadOptions options, Cancellation cancellation) {
    this.servers = servers;
    this.plan = plan;
    this.options = options;
    this.cancellation = cancellation;
  }

  List<Obstacle> obstacles() {
    if (plan.resume()) {
      add(
          "a cache keeps no ledger, so a load into it cannot be gone on with",
          "empty it (flush_all) and begin anew, or write over what is there with"
              + " --if-exists replace");
      return obstacles;
    }
    try (Stream<Dataset> datasets = plan.catalogue().datasets()) {
      datasets.forEach(this::look);
    }
    servers.all().forEach(this::look);
    return obstacles;
  }

  private void look(Dataset dataset) {
    cancellation.check();
    if (!KeyValues.in(dataset.schema())) {
      add(dataset.name() + " holds no keys with values", "leave it out with --exclude");
    }
    DatasetName renamed = plan.renames().of(dataset.name());
    if (!renamed.equals(dataset.name()) && !renamed.last().equals(Records.NAME.last())) {
      add(
          dataset.name() + " cannot be called " + renamed + ": a cache is one dataset, items",
          "leave --rename out");
    }
  }

  private void look(MemcachedServer server) {
    cancellation.check();
    if (options.ifExists() == IfExists.REPLACE && server.setting("cas_enabled").equals("no")) {
      add(
          server.host()
              + " keeps no CAS numbers (-C), so it is not known what a load would replace",
          "start it without -C, or empty it (flush_all) and leave if-exists out");
    }
    if (options.ifExists() == IfExists.FAIL && CrawlerDump.findsAny(server, cancellation)) {
      add(
          server.host() + " holds items already",
          "empty it (flush_all), or say what becomes of them with --if-exists keep or replace");
    }
  }

  private void add(String what, String hint) {
    obstacles.add(new Obstacle(what, hint));
  }
}
