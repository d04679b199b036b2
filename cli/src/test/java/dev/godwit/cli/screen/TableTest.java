package dev.godwit.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
  private static Table table() {
    Table table = new Table(Table.text("DATASET"), Table.number("ROWS"), Table.text("KIND"));
    table.row("shop.public.customers_and_their_addresses", "1,234,567", "table");
    table.row("注文.テーブル", "5", "table");
    table.row("e\u0301te\u0301", "?", "view");
    return table;
  }

  @Test
  void columnsAlignAlsoWithWideAndCombiningCharacters() {
    assertThat(table().lines(200))
        .containsExactly(
            "DATASET                                         ROWS  KIND",
            "shop.public.customers_and_their_addresses  1,234,567  table",
            "注文.テーブル                                      5  table",
            "e\u0301te\u0301                                                ?  view");
  }

  @Test
  void inANarrowTerminalTextIsCutAndNumbersAreNot() {
    assertThat(table().lines(40))
        .containsExactly(
            "DATASET                      ROWS  KIND",
            "shop.public.customer..  1,234,567  table",
            "注文.テーブル                   5  table",
            "e\u0301te\u0301                             ?  view");
    assertThat(table().lines(5)).first().asString().contains("DATASET", "ROWS", "KIND");
  }

  @Test
  void anIdIsCutAfterAllTextAndATimeNever() {
    Table table =
        new Table(Table.id("SNAPSHOT"), Table.time("FINISHED"), Table.text("SOURCE OR SO"));
    table.row("76a41e9004149ee3", "2026-11-22 23:57:31", "7711049457543176437/tiny");
    assertThat(table.lines(58))
        .element(1)
        .isEqualTo("76a41e9004149ee3  2026-11-22 23:57:31  77110494575431764..");
    assertThat(table.lines(45))
        .element(1)
        .isEqualTo("76a41e90..  2026-11-22 23:57:31  7711049457..");
    assertThat(table.lines(9)).element(1).isEqualTo("76a41e..  2026-11-22 23:57:31  7711049457..");
  }

  @Test
  void whatCouldMoveTheCursorIsWrittenOut() {
    Table table = new Table(Table.text("A"));
    table.row("x\u001b[2Jy\nz");
    assertThat(table.lines(80)).containsExactly("A", "x\\u001b[2Jy\\nz");
  }
}
