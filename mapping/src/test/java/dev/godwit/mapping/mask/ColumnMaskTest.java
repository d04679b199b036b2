package dev.godwit.mapping.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.error.GodwitException;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.store.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnMaskTest {
  private static final Optional<MaskKey> KEY =
      Optional.of(new MaskKey(Secret.of("a key of sixteen and more")));

  private static Field text(String name, String type) {
    return Fields.of(name, ArrowType.Utf8.INSTANCE, type);
  }

  private static final Dataset CUSTOMERS =
      new Dataset(
          DatasetName.of("shop", "public", "customers"),
          "table",
          new Schema(
              List.of(
                  Fields.of("id", new ArrowType.Int(32, true), "integer"),
                  text("email", "character varying(40)"),
                  text("code", "character(3)"),
                  text("mood", "public.mood"),
                  text("unique_code", "varchar(8)"),
                  Fields.opaque("nick", ArrowType.Utf8.INSTANCE, "citext", "pg", "public.citext"),
                  Fields.opaque("spot", ArrowType.Utf8.INSTANCE, "point", "pg", "point"),
                  Fields.of(
                      "born",
                      new ArrowType.Date(org.apache.arrow.vector.types.DateUnit.DAY),
                      "date"),
                  Fields.of("oid", new ArrowType.Int(64, true), "oid"),
                  Fields.uuid("token", "uuid"),
                  Fields.json("prefs", "jsonb"),
                  Fields.of("active", ArrowType.Bool.INSTANCE, "boolean"))),
          List.of("id", "code"),
          List.of("id"),
          List.of(new Dataset.Index("u", List.of("unique_code"), true)),
          List.of(),
          "",
          Dataset.Estimate.UNKNOWN,
          Map.of());

  private static ColumnMask mask(String column, String kind) {
    return ColumnMask.of(CUSTOMERS, column, MaskKind.parse(kind), KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "id,hash",
    "email,hash",
    "email,keep-domain",
    "email,null",
    "email,fixed:x",
    "code,hash",
    "code,fixed:abc",
    "nick,hash",
    "nick,keep-domain",
    "nick,fixed:x",
    "born,null",
    "token,hash",
    "prefs,null",
    "active,fixed:true",
    "token,fixed:00000000-0000-0000-0000-000000000000",
    "mood,null"
  })
  void fits(String column, String kind) {
    assertThat(mask(column, kind).field().getName()).isEqualTo(column);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id|null|is never null",
        "code|null|is never null",
        "id|fixed:1|is unique",
        "id|keep-domain|cannot be masked with keep-domain",
        "code|fixed:abcd|no more than 3 characters",
        "mood|hash|may not take every text",
        "mood|fixed:x|may not take every text",
        "unique_code|hash|too few to keep masked values apart",
        "born|hash|cannot be masked with hash",
        "spot|hash|cannot be masked with hash",
        "spot|fixed:x|cannot be masked with fixed",
        "born|fixed:1970-01-01|cannot be masked with fixed",
        "oid|hash|cannot be masked with hash",
        "prefs|hash|cannot be masked with hash",
        "active|fixed:yes|takes true or false",
        "token|fixed:x|takes uuids"
      })
  void isRefused(String column, String kind, String why) {
    assertThatThrownBy(() -> mask(column, kind))
        .isInstanceOf(GodwitException.class)
        .hasMessageContaining("customers." + column)
        .hasMessageContaining(why);
  }

  @Test
  void aKeyIsNeededToHide() {
    MaskChoice hash = MaskChoice.parse("customers.email", "hash");
    assertThatThrownBy(() -> new Masks(List.of(hash), Optional.empty()))
        .hasMessageContaining("needs a key");
    assertThat(new Masks(List.of(MaskChoice.parse("c.email", "null")), Optional.empty()).isEmpty())
        .isFalse();
  }

  @Test
  void aMaskIsReadAsItIsWritten() {
    MaskChoice odd = MaskChoice.parse("public.\"odd.name\".\"a.b\"", "fixed:a=b");
    assertThat(odd.column()).isEqualTo("a.b");
    assertThat(odd.datasets().matches(DatasetName.of("db", "public", "odd.name"))).isTrue();
    assertThat(odd).hasToString("public.\"odd.name\".\"a.b\"=fixed:a=b");
    assertThatThrownBy(() -> MaskChoice.parse("email", "hash")).hasMessageContaining("no column");
    assertThatThrownBy(() -> MaskChoice.parse("c.email", "md5")).hasMessageContaining("'md5'");
  }
}
