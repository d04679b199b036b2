package dev.godwit.extractor.postgresql.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.spi.record.FieldKind;
import dev.godwit.spi.record.Fields;
import dev.godwit.testkit.server.PostgresServer;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the catalogue of a real server says of columns, and the Arrow fields that they become. */
class TypeMapTest {
  private static final Map<String, PgColumn> COLUMNS = new HashMap<>();
  private static TypeCatalogue types;
  private static TypeMap map;

  @BeforeAll
  static void read() throws Exception {
    PostgresServer server = PostgresServer.shared();
    String database = server.createDatabase();
    server.execute(
        database,
        "create schema s; create domain s.price as numeric(10,2);"
            + " create type s.mood as enum ('ok'); create type s.pair as (a s.price, m s.mood[]);"
            + " create table unused (a int);"
            + " create table t (id int generated always as identity, gone int,"
            + " \"odd \"\"name\" text not null, price s.price, n numeric, d numeric(60,5),"
            + " tiny numeric(2,-3), pair s.pair, pairs s.pair[], addr inet, span int4range,"
            + " twice int generated always as (1 + 1) stored, doc jsonb, at timestamptz(3));"
            + " alter table t drop column gone; create table none ()");
    try (Connection connection = server.connect(database);
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select 't'::regclass::oid, 'none'::regclass::oid")) {
      rows.next();
      types = TypeCatalogue.load(connection);
      Map<Integer, List<PgColumn>> read =
          types.columns(connection, List.of(rows.getInt(1), rows.getInt(2)));
      read.get(rows.getInt(1)).forEach(column -> COLUMNS.put(column.name(), column));
      assertThat(read.get(rows.getInt(2))).isEmpty();
    }
    map = new TypeMap(types);
  }

  private static Field field(String column) {
    return map.field(COLUMNS.get(column));
  }

  @Test
  void columnsAreReadWithTheirFlags() {
    assertThat(COLUMNS).hasSize(13).doesNotContainKey("gone");
    assertThat(COLUMNS.get("id").alwaysIdentity()).isTrue();
    assertThat(COLUMNS.get("id").required()).isTrue();
    assertThat(COLUMNS.get("twice").generated()).isTrue();
    assertThat(COLUMNS.get("odd \"name").required()).isTrue();
    assertThat(COLUMNS.get("n").required()).isFalse();
    assertThat(COLUMNS.get("at").nativeType()).isEqualTo("timestamp(3) with time zone");
  }

  @Test
  void decimalsOnlyWhereArrowHasThem() {
    assertThat(field("price").getType()).isEqualTo(new ArrowType.Decimal(10, 2, 128));
    assertThat(Fields.nativeType(field("price"))).contains("s.price");
    assertThat(field("d").getType()).isEqualTo(new ArrowType.Decimal(60, 5, 256));
    assertThat(FieldKind.of(field("n"))).isEqualTo(FieldKind.TEXT_DECIMAL);
    assertThat(FieldKind.of(field("tiny"))).isEqualTo(FieldKind.TEXT_DECIMAL);
  }

  @Test
  void compositesAndArraysAreNested() {
    Field pairs = field("pairs");
    assertThat(FieldKind.of(pairs)).isEqualTo(FieldKind.LIST);
    Field pair = pairs.getChildren().get(0);
    assertThat(FieldKind.of(pair)).isEqualTo(FieldKind.STRUCT);
    assertThat(pair.getChildren()).extracting(Field::getName).containsExactly("a", "m");
    assertThat(FieldKind.of(pair.getChildren().get(0))).isEqualTo(FieldKind.DECIMAL);
    assertThat(FieldKind.of(pair.getChildren().get(1))).isEqualTo(FieldKind.LIST);
  }

  @Test
  void whatOnlyTheServerUnderstandsIsItsText() {
    assertThat(FieldKind.of(field("span"))).isEqualTo(FieldKind.OPAQUE);
    assertThat(map.selectExpression(COLUMNS.get("span"))).isEqualTo("\"span\"::pg_catalog.text");
    assertThat(map.writableAsBinary(COLUMNS.get("span"))).isFalse();
    assertThat(map.writableAsBinary(COLUMNS.get("pairs"))).isTrue();
    assertThat(map.selectExpression(COLUMNS.get("odd \"name"))).isEqualTo("\"odd \"\"name\"");
    assertThat(FieldKind.of(field("doc"))).isEqualTo(FieldKind.JSON);
  }

  @Test
  void negativeScalesAreReadFromTheModifier() {
    assertThat(NumericModifier.of(COLUMNS.get("tiny").modifier()))
        .isEqualTo(new NumericModifier(2, -3));
  }
}
