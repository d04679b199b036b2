package dev.godwit.loader.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.loader.memcached.placement.Ketama;
import dev.godwit.loader.memcached.placement.Modula;
import dev.godwit.spi.error.ExitCode;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.testkit.server.memcached.MemcachedServer;
import dev.godwit.testkit.server.memcached.NeedsMemcached;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of single records. */
@ExtendWith(NeedsMemcached.class)
class ItemsTest {
  private static final long DAY = 24 * 60 * 60;

  private MemcachedServer server;

  @BeforeEach
  void startServer() {
    server = MemcachedServer.start();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private Given given(String options) {
    return new Given(server.uri() + options, false);
  }

  /** Seconds left, as the server tells them. */
  private long left(String key) {
    String item = server.item(key);
    return Long.parseLong(item.split(" ", -1)[1].substring(1));
  }

  @Test
  void anExpiryIsTheSecondThatItWasOnEitherSideOfThirtyDays() {
    long now = server.statistic("time");
    try (Given given = given("")) {
      for (long days : new long[] {0, 29, 30, 31, 3000}) {
        long until = now + days * DAY + 100;
        var ignored = given.string("after" + days, "x", until * 1000 + 999);
      }
      var ignored = given.string("never", "x", null);
      assertThat(given.load()).isEqualTo(new Given.Outcome(6, 0, List.of()));
    }
    for (long days : new long[] {0, 29, 30, 31, 3000}) {
      long before = server.statistic("time");
      long left = left("after" + days);
      long after = server.statistic("time");
      // What is left was told at one of these seconds, and any time may lie between them.
      assertThat(before + left - now - days * DAY).as(days + " days").isLessThanOrEqualTo(101);
      assertThat(after + left - now - days * DAY).as(days + " days").isGreaterThanOrEqualTo(100);
    }
    assertThat(server.item("never")).isEqualTo("f0 t-1 x");
  }

  @Test
  void whatHasExpiredIsLeftOutAndCounted() {
    long now = server.statistic("time") * 1000;
    try (Given given = given("")) {
      given.string("gone", "x", now - 1).string("long gone", "x", 1L).string("there", "x", null);
      assertThat(given.load())
          .isEqualTo(
              new Given.Outcome(
                  3, 0, List.of("2 keys had expired before they were written, and are left out")));
    }
    assertThat(server.item("gone")).isNull();
    assertThat(server.statistic("curr_items")).isEqualTo(1);
  }

  @Test
  void whatTheServerCannotBeToldIsNamedAndTheRestIsWritten() {
    String longest = "k".repeat(250);
    try (Given given = new Given(server.uri(), true)) {
      given.string(longest, "longest", null);
      given.string(longest + "k", "too long", null);
      given.string("a b" + "k".repeat(183), "longest with a blank", null);
      given.string("a b" + "k".repeat(184), "too long with a blank", null);
      given.string("", "empty", null);
      given.string("far", "x", (1L << 31) * 1000);
      given.entry(Given.bytes("flags"), "string", null, new byte[0], 0xffffffffL);
      given.entry(Given.bytes("more flags"), "string", null, new byte[0], 0x100000000L);
      given.entry(Given.bytes("no flags"), "string", null, new byte[0], -1L);
      assertThat(given.load()).isEqualTo(new Given.Outcome(3, 6, List.of()));
      assertThat(given.warnings())
          .hasSize(6)
          .anyMatch(w -> w.startsWith("key 'kkkk"))
          .anyMatch(w -> w.startsWith("key '' was not written"))
          .anyMatch(w -> w.startsWith("key 'far' was not written: it expires after January 2038"))
          .anyMatch(w -> w.startsWith("key 'more flags' was not written: flags are"));
    }
    assertThat(server.item(longest)).isEqualTo("f0 t-1 longest");
    assertThat(server.item("a b" + "k".repeat(183))).isEqualTo("f0 t-1 longest with a blank");
    assertThat(server.item("flags")).isEqualTo("f4294967295 t-1 ");
    assertThat(server.statistic("curr_items")).isEqualTo(3);
  }

  /** A value is never taken for a command, whatever it holds. */
  @Test
  void keysAndValuesOfAnyBytesAreWritten() {
    byte[] key = {0, '\r', '\n', ' ', -1};
    byte[] high = {-1, -2, (byte) 0xc3};
    try (Given given = given("")) {
      given.entry(key, "string", null, Given.bytes("\r\nflush_all\r\n"), null);
      given.entry(high, "string", null, new byte[0], null);
      assertThat(given.load().rows()).isEqualTo(2);
    }
    assertThat(server.item(key)).isEqualTo("f0 t-1 \r\nflush_all\r\n");
    assertThat(server.item(high)).isEqualTo("f0 t-1 ");
  }

  @Test
  void valuesThatAreTooLargeAreNamed() {
    byte[] fits = new byte[1_000_000];
    byte[] nearly = new byte[(1 << 20) - 10]; // with what the server keeps of it, too large
    byte[] larger = new byte[1 << 20];
    try (Given given = given("")) {
      given.entry(Given.bytes("fits"), "string", null, fits, null);
      given.entry(Given.bytes("nearly"), "string", null, nearly, null);
      given.entry(Given.bytes("larger"), "string", null, larger, null);
      given.string("small", "x", null);
      assertThat(given.load()).isEqualTo(new Given.Outcome(2, 2, List.of()));
      assertThat(given.warnings())
          .anyMatch(w -> w.startsWith("key 'larger' was not written: its value has 1048576 bytes"))
          .anyMatch(w -> w.startsWith("key 'nearly' was not written: SERVER_ERROR object too la"));
    }
    assertThat(server.item("small")).isEqualTo("f0 t-1 x");
    assertThat(server.item("nearly")).isNull();
  }

  @Test
  void whatIsKeptIsNotLostToAnItemThatIsTooLarge() {
    server.set("mine", "old", "");
    byte[] nearly = new byte[(1 << 20) - 10]; // with what the server keeps of it, too large
    try (Given given = given("?if-exists=keep")) {
      given.entry(Given.bytes("mine"), "string", null, nearly, null);
      given.entry(Given.bytes("other"), "string", null, nearly, null);
      assertThat(given.load())
          .isEqualTo(
              new Given.Outcome(
                  0, 2, List.of("1 keys were there already, and were kept as they are")));
    }
    assertThat(server.item("mine")).endsWith(" old");
    assertThat(server.item("other")).isNull();
  }

  @Test
  void onlyStringsAreWritten() {
    try (Given given = given("")) {
      given.string("a", "x", null).entry(Given.bytes("queue"), "list", null, null, null);
      assertThatThrownBy(given::load)
          .isInstanceOf(GodwitException.class)
          .hasMessage("key 'queue' of db0 is a list, and a cache holds strings only")
          .extracting(e -> ((GodwitException) e).exitCode())
          .isEqualTo(ExitCode.LOSSY);
    }
  }

  @Test
  void aKeyThatComesTwiceIsNotWrittenOver() {
    for (String options : List.of("", "?if-exists=replace")) {
      server.ask("flush_all");
      try (Given given = given(options)) {
        given.string("twice", "first", null).string("twice", "second", null);
        assertThat(given.load()).as(options).isEqualTo(new Given.Outcome(1, 1, List.of()));
        assertThat(given.warnings().get(0))
            .startsWith("key 'twice' was not written: an item is there under it");
      }
      assertThat(server.item("twice")).as(options).isEqualTo("f0 t-1 first");
    }
  }

  @Test
  void whatIsThereIsReplacedOrKeptAsTold() {
    server.set("mine", "old", "F5");
    server.set("other", "untouched", "");
    try (Given given = given("")) {
      given.string("mine", "new", null);
      assertThat(given.obstacles()).hasSize(1).first().asString().contains("holds items already");
    }
    try (Given given = given("?if-exists=keep")) {
      given.string("mine", "new", null);
      assertThat(given.load())
          .isEqualTo(
              new Given.Outcome(
                  0, 1, List.of("1 keys were there already, and were kept as they are")));
    }
    assertThat(server.item("mine")).isEqualTo("f5 t-1 old");
    try (Given given = given("?if-exists=replace")) {
      given.string("mine", "new", null).string("mine", "newer", null).string("more", "x", null);
      assertThat(given.load().rejects()).isEqualTo(1);
    }
    assertThat(server.item("mine")).isEqualTo("f0 t-1 new");
    assertThat(server.item("more")).isEqualTo("f0 t-1 x");
    assertThat(server.item("other")).isEqualTo("f0 t-1 untouched");
  }

  @Test
  void aCacheThatWasFlushedIsEmpty() {
    server.set("old", "x", "");
    server.ask("flush_all");
    try (Given given = given("")) {
      assertThat(given.obstacles()).isEmpty();
    }
  }

  @Test
  void withoutCasNumbersNothingIsReplaced() {
    try (MemcachedServer without = MemcachedServer.start("-C");
        Given given = new Given(without.uri() + "?if-exists=replace", false)) {
      assertThat(given.obstacles()).hasSize(1).first().asString().contains("keeps no CAS numbers");
    }
  }

  @Test
  void keysLieWhereClientsLookForThem() {
    try (MemcachedServer other = MemcachedServer.start()) {
      List<MemcachedServer> both = List.of(server, other);
      Ketama ketama =
          new Ketama(both.stream().map(s -> new Ketama.Node("127.0.0.1", s.port(), 1)).toList());
      for (String hashing : List.of("ketama", "modula")) {
        both.forEach(one -> one.ask("flush_all"));
        try (Given given =
            new Given(MemcachedServer.uri(server, other) + "?hashing=" + hashing, false)) {
          for (int i = 0; i < 100; i++) {
            var ignored = given.string("key" + i, "x", null);
          }
          assertThat(given.load().rows()).isEqualTo(100);
        }
        for (int i = 0; i < 100; i++) {
          byte[] key = Given.bytes("key" + i);
          int place = hashing.equals("ketama") ? ketama.of(key) : new Modula(2).of(key);
          assertThat(both.get(place).item(key)).as("%s %d", hashing, i).isNotNull();
          assertThat(both.get(1 - place).item(key)).as("%s %d", hashing, i).isNull();
        }
      }
    }
  }

  @Test
  void weightsAreOneForEachServer() {
    for (String weights : List.of("1,2", "0", "x")) {
      assertThatThrownBy(() -> given("?weights=" + weights).close())
          .isInstanceOf(GodwitException.class)
          .extracting(e -> ((GodwitException) e).exitCode())
          .isEqualTo(ExitCode.USAGE);
    }
    try (Given given = given("?weights=3")) {
      assertThat(given.obstacles()).isEmpty();
    }
  }
}
