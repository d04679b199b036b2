package dev.godwit.mapping.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.godwit.mapping.Converted;
import dev.godwit.mapping.Converted.Noted;
import dev.godwit.mapping.OnLossy;
import dev.godwit.spi.dataset.Dataset;
import dev.godwit.spi.load.Placement;
import dev.godwit.spi.name.DatasetName;
import dev.godwit.spi.record.Fields;
import dev.godwit.spi.record.KeyValues;
import dev.godwit.testkit.row.Bytes;
import dev.godwit.testkit.row.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents become keys with values. */
class DocumentsToKeysTest {
  private static final Dataset DOCUMENTS =
      Dataset.of(
          DatasetName.of("shop", "things"),
          "collection",
          new Schema(List.of(Fields.bson("document", "document"))));

  private static Row row(String json) {
    RawBsonDocument raw = new RawBsonDocument(BsonDocument.parse(json), new BsonDocumentCodec());
    ByteBuffer buffer = raw.getByteBuffer().asNIO();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return Row.of(new Bytes(bytes));
  }

  private static List<Row> made(String type, String template, OnLossy policy, Row... rows) {
    Keying keying =
        new Keying(
            "things", Optional.ofNullable(template).map(KeyTemplate::parse), Optional.empty());
    return Converted.through(
        new DocumentsToKeys(DOCUMENTS, type, keying),
        DOCUMENTS,
        List.of(rows),
        new Noted(policy),
        0);
  }

  private static List<Row> made(String type, String template, String... json) {
    return made(
        type,
        template,
        OnLossy.FAIL,
        Stream.of(json).map(DocumentsToKeysTest::row).toArray(Row[]::new));
  }

  private static String text(Object bytes) {
    return new String(Converted.bytes(bytes), StandardCharsets.UTF_8);
  }

  @Test
  void fieldsBecomeThoseOfAHash() {
    Row made =
        made(
                "hash",
                null,
                """
                {"_id": {"$oid": "0123456789abcdef01234567"}, "z": "text", "n": {"$numberLong": "7"},
                 "d": 2.0, "e": {"$numberDecimal": "1.50"}, "t": {"$date": "2026-01-01T00:00:00Z"},
                 "b": {"$binary": {"base64": "AP8=", "subType": "00"}}, "none": null, "y": true,
                 "o": {"a": [1, "x"]}, "l": [1, {"k": {"$numberLong": "2"}}]}
                """)
            .get(0);
    assertThat(text(made.get(KeyValues.KEY))).isEqualTo("things:0123456789abcdef01234567");
    assertThat(made.get(KeyValues.TYPE)).isEqualTo("hash");
    assertThat(made.get(KeyValues.ELEMENTS))
        .isEqualTo(
            "[[\"_id\",\"0123456789abcdef01234567\"],[\"b\",{\"base64\":\"AP8=\"}],[\"d\",\"2\"],"
                + "[\"e\",\"1.50\"],[\"l\",\"[1, {\\\"k\\\": 2}]\"],[\"n\",\"7\"],"
                + "[\"o\",\"{\\\"a\\\": [1, \\\"x\\\"]}\"],[\"t\",\"2026-01-01T00:00:00Z\"],"
                + "[\"y\",\"true\"],[\"z\",\"text\"]]");
  }

  /** A field that is null and one that is missing are the same in a hash, and so are 1 and "1". */
  @Test
  void aHashDoesNotTellAll() {
    assertThat(placed("hash").fidelity()).isEqualTo(Placement.Fidelity.LOSSY);
    assertThat(placed("hash").note()).contains("none for a null");
    assertThat(placed("string").fidelity()).isEqualTo(Placement.Fidelity.WIDER);
  }

  private static Placement placed(String type) {
    return new DocumentsToKeys(DOCUMENTS, type, Keying.byDefault(DOCUMENTS))
        .fields()
        .get(0)
        .target();
  }

  @Test
  void orStandInAStringOfJson() {
    assertThat(
            text(
                made("string", "x:{a.b}:{_id}", "{\"_id\": \"i:1\", \"a\": {\"b\": 3}}")
                    .get(0)
                    .get(KeyValues.VALUE)))
        .isEqualTo("{\"_id\": \"i:1\", \"a\": {\"b\": 3}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"_id\": \"a:b\", \"a\": {\"b\": 3}}|x:3:a:b",
        "{\"_id\": 1, \"a\": {\"b\": {\"$uuid\": \"12000000-0000-0000-0000-000000000034\"}}}"
            + "|x:12000000-0000-0000-0000-000000000034:1",
        "{\"_id\": {\"$binary\": {\"base64\": \"AP8=\", \"subType\": \"00\"}}, \"a\": {\"b\": 1.5}}"
            + "|x:1.5:00ff",
      })
  void keysAreMadeOfPaths(String json, String key) {
    assertThat(text(made("hash", "x:{a.b}:{_id}", json).get(0).get(0))).isEqualTo(key);
  }

  @Test
  void whatCouldMakeOneKeyOfTwoIsRefused() {
    assertThatThrownBy(() -> made("hash", "{name}", "{\"_id\": 1, \"name\": 2}"))
        .hasMessageContaining("two documents of shop.things could have the same key");
    assertThatThrownBy(() -> made("hash", null, "{\"_id\": 1}", "{\"_id\": \"1\"}"))
        .hasMessageContaining(
            "_id of document _id=1 of shop.things is a text, and of others a number");
    assertThat(made("hash", null, "{\"_id\": 1}", "{\"_id\": 2.5}")).hasSize(2);
    assertThatThrownBy(() -> made("hash", "{a}:{_id}", "{\"_id\": 1, \"a\": \"x:y\"}"))
        .hasMessageContaining("holds ':'");
    assertThatThrownBy(() -> made("hash", "{a}:{_id}", "{\"_id\": 1}"))
        .hasMessage("a of document _id=1 is missing, and stands in its key");
    assertThatThrownBy(() -> made("hash", null, "{\"_id\": {\"a\": 1}}"))
        .hasMessageContaining("is neither text nor a number");
  }

  @Test
  void bytesOfOtherSubtypesAreOtherIds() {
    String bytes = "{\"_id\": {\"$binary\": {\"base64\": \"AP8=\", \"subType\": \"%s\"}}}";
    assertThatThrownBy(() -> made("hash", null, bytes.formatted("00"), bytes.formatted("80")))
        .hasMessageContaining("_id=00ff")
        .hasMessageContaining("is a bytes of subtype 128, and of others a bytes: two could make");
    Row made = made("hash", null, bytes.formatted("80"), bytes.formatted("80")).get(1);
    assertThat(text(made.get(0))).isEqualTo("things:00ff");
  }

  @Test
  void whatIsLostIsTold() {
    byte[] bad = {0, 0, 0, 0, 16, '_', 'i', 'd', 0, 7, 0, 0, 0, 2, 's', 0, 2, 0, 0, 0, -1, 0, 0};
    bad[0] = (byte) bad.length;
    Row row = Row.of(new Bytes(bad));
    assertThatThrownBy(() -> made("hash", null, OnLossy.FAIL, row))
        .hasMessageContaining("_id=7: it holds text that is not valid UTF-8");
    assertThat(made("hash", null, OnLossy.WARN, row).get(0).get(KeyValues.ELEMENTS))
        .isEqualTo("[[\"_id\",\"7\"],[\"s\",\"\ufffd\"]]");
  }
}
