package dev.godwit.loader.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CREATE TABLE public.t (a int)|CREATE TABLE \"new\".\"u\" (a int)",
        "x \"public\".\"t\".a|x \"new\".\"u\".a",
        "x public.t2, publict.t, a.public.t|x public.t2, publict.t, a.public.t",
        "DEFAULT 'public.t'::text|DEFAULT 'public.t'::text",
        "nextval('public.t'::regclass)|nextval('\"new\".\"u\"'::regclass)",
        "nextval('public.\"t\"'::pg_catalog.regclass)|nextval('\"new\".\"u\"'::pg_catalog.regclass)",
        "E'it\\'s public.t' public.t|E'it\\'s public.t' \"new\".\"u\"",
        "'it''s public.t' public.t|'it''s public.t' \"new\".\"u\"",
        "$q$ public.t $q$ public.t|$q$ public.t $q$ \"new\".\"u\"",
        "CREATE INDEX t_idx ON public.t (t_idx)|CREATE INDEX \"u_idx\" ON \"new\".\"u\" (t_idx)",
        "ADD CONSTRAINT t_idx CHECK (a)|ADD CONSTRAINT \"u_idx\" CHECK (a)",
        "ALTER TABLE ONLY public.t CLUSTER ON t_idx|ALTER TABLE ONLY \"new\".\"u\" CLUSTER ON \"u_idx\"",
        "IDENTITY USING INDEX t_idx|IDENTITY USING INDEX \"u_idx\"",
        "x = '🦆' + public.t|x = '🦆' + \"new\".\"u\"",
      })
  void replacesNamesAndNothingElse(String sql, String expected) {
    assertThat(
            SqlNames.replace(
                sql,
                Map.of(new Relation("public", "t"), new Relation("new", "u")),
                Map.of("t_idx", "u_idx")))
        .isEqualTo(expected);
  }
}
