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
        "CREATE VIEW public.v AS  SELECT t.a FROM public.t|"
            + "CREATE VIEW public.v AS  SELECT t.a FROM \"new\".\"u\" AS \"t\"",
        "CREATE VIEW public.v AS SELECT x.a FROM public.t x WHERE true|"
            + "CREATE VIEW public.v AS SELECT x.a FROM \"new\".\"u\" x WHERE true",
        "CREATE VIEW public.v AS SELECT x.a FROM public.t AS x|"
            + "CREATE VIEW public.v AS SELECT x.a FROM \"new\".\"u\" AS x",
        "CREATE VIEW public.v AS SELECT t.*::public.t AS t, public.t(1) FROM (public.s JOIN public.t"
            + " ON ((s.a = t.a)))|"
            + "CREATE VIEW public.v AS SELECT t.*::\"new\".\"u\" AS t, \"new\".\"u\"(1) FROM (public.s"
            + " JOIN \"new\".\"u\" AS \"t\" ON ((s.a = t.a)))",
        "CREATE RULE r AS ON UPDATE TO public.t DO INSTEAD INSERT INTO public.t (a) VALUES"
            + " (new.a) RETURNING t.a|"
            + "CREATE RULE r AS ON UPDATE TO \"new\".\"u\" DO INSTEAD INSERT INTO \"new\".\"u\" AS"
            + " \"t\" (a) VALUES (new.a) RETURNING t.a",
        "CREATE FUNCTION public.f(public.t, public.t) RETURNS SETOF public.t BEGIN ATOMIC  SELECT 1"
            + " FROM ONLY public.t, public.t t_1; END|"
            + "CREATE FUNCTION public.f(\"new\".\"u\", \"new\".\"u\") RETURNS SETOF \"new\".\"u\" BEGIN"
            + " ATOMIC  SELECT 1 FROM ONLY \"new\".\"u\" AS \"t\", \"new\".\"u\" t_1; END",
        "CREATE POLICY t ON public.t USING ((EXISTS ( SELECT t.*::public.t FROM public.t t_1 WHERE"
            + " (t.a = t_1.a))))|"
            + "CREATE POLICY t ON \"new\".\"u\" USING ((EXISTS ( SELECT \"u\".*::\"new\".\"u\" FROM"
            + " \"new\".\"u\" t_1 WHERE (\"u\".a = t_1.a))))",
        "CREATE STATISTICS public.s ON a, b FROM public.t|"
            + "CREATE STATISTICS public.s ON a, b FROM \"new\".\"u\"",
        "ALTER TABLE ONLY public.t ADD a int|ALTER TABLE ONLY \"new\".\"u\" ADD a int",
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
