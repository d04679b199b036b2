package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UniqueKeyTest {
  private static UniqueKey key(String constraint) {
    return UniqueKey.of("ALTER TABLE ONLY public.t ADD CONSTRAINT k " + constraint).orElseThrow();
  }

  @Test
  void aPrimaryKey() {
    assertThat(key("PRIMARY KEY (a, \"B\")"))
        .isEqualTo(
            new UniqueKey(
                "CREATE UNIQUE INDEX k ON public.t USING btree (a, \"B\")",
                "ALTER TABLE ONLY public.t ADD CONSTRAINT k PRIMARY KEY USING INDEX k"));
  }

  @Test
  void everythingThatBelongsToTheIndexAndAllThatDoesNot() {
    assertThat(
            key(
                "UNIQUE NULLS NOT DISTINCT (a) INCLUDE (b, \"c)\") WITH (fillfactor='70',"
                    + " deduplicate_items='off') DEFERRABLE INITIALLY DEFERRED;\n"
                    + "ALTER INDEX public.k ALTER COLUMN 1 SET STATISTICS 5"))
        .isEqualTo(
            new UniqueKey(
                "CREATE UNIQUE INDEX k ON public.t USING btree (a) INCLUDE (b, \"c)\")"
                    + " NULLS NOT DISTINCT WITH (fillfactor='70', deduplicate_items='off')",
                "ALTER TABLE ONLY public.t ADD CONSTRAINT k UNIQUE USING INDEX k"
                    + " DEFERRABLE INITIALLY DEFERRED;\n"
                    + "ALTER INDEX public.k ALTER COLUMN 1 SET STATISTICS 5"));
  }

  @Test
  void oddNames() {
    assertThat(
            UniqueKey.of(
                "ALTER TABLE ONLY \"a b\".\"t\"\"; (x)\" ADD CONSTRAINT \"PRIMARY KEY (k)\""
                    + " UNIQUE (\"(\", \"\"\"\")"))
        .contains(
            new UniqueKey(
                "CREATE UNIQUE INDEX \"PRIMARY KEY (k)\" ON \"a b\".\"t\"\"; (x)\""
                    + " USING btree (\"(\", \"\"\"\")",
                "ALTER TABLE ONLY \"a b\".\"t\"\"; (x)\" ADD CONSTRAINT \"PRIMARY KEY (k)\""
                    + " UNIQUE USING INDEX \"PRIMARY KEY (k)\""));
  }

  @Test
  void whatIsNoPlainIndexStaysOneStatement() {
    String table = "ALTER TABLE ONLY public.t ADD CONSTRAINT k ";
    assertThat(UniqueKey.of(table + "EXCLUDE USING gist (a WITH =)")).isEmpty();
    assertThat(UniqueKey.of(table + "PRIMARY KEY (a, b WITHOUT OVERLAPS)")).isEmpty();
    assertThat(UniqueKey.of(table + "UNIQUE (a) WITH (fillfactor='70') SOMETHING NEW")).isEmpty();
    assertThat(UniqueKey.of("CREATE INDEX k ON public.t USING btree (a)")).isEmpty();
  }
}
