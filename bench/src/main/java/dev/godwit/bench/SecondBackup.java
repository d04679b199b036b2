package dev.godwit.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** How much a vault grows by a second backup, for three kinds of change. */
final class SecondBackup {
  private final Function<String[], List<String>> godwit;
  private final Shop shop;
  private final Path vault;
  private final PrintStream out;

  SecondBackup(Function<String[], List<String>> godwit, Shop shop, Path work, PrintStream out) {
    this.godwit = godwit;
    this.shop = shop;
    this.vault = work.resolve("vault-second");
    this.out = out;
  }

  void run() throws Exception {
    shop.execute("postgres", "drop database if exists shop_changing");
    shop.execute("postgres", "create database shop_changing template shop");
    double first = grow();
    out.printf(Locale.ROOT, "%nsecond backup%n  %-44s %9s %9s%n", "", "stored MB", "of first");
    print("first backup", first, first);
    print("nothing changed", grow(), first);
    shop.execute(
        "shop_changing",
        "update orders set status = 'gone' where id between (select max(id) / 2 from orders)"
            + " and (select max(id) / 2 + max(id) / 100 from orders)");
    print("1 % of the orders changed, in one id range", grow(), first);
    shop.execute("shop_changing", "update orders set status = 'lost' where id % 100 = 7");
    print("1 % of the orders changed, scattered", grow(), first);
  }

  private double grow() throws Exception {
    long before = Contest.bytesIn(vault);
    String uri = "postgresql://postgres@127.0.0.1:" + shop.port() + "/shop_changing";
    Measured.run(
        Bench.plus(godwit.apply(new String[] {"backup", "--init", "-q"}), uri, vault.toString()),
        Map.of());
    return (Contest.bytesIn(vault) - before) / 1e6;
  }

  private void print(String what, double stored, double first) {
    out.printf(Locale.ROOT, "  %-44s %9.1f %8.2f%%%n", what, stored, 100 * stored / first);
    out.flush();
  }
}
