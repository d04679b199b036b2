package dev.godwit.mapping.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.godwit.mapping.OnLossy;
import dev.godwit.mapping.bytes.GrowingBytes;
import dev.godwit.testkit.sample.OddDocuments;
import dev.godwit.testkit.server.PostgresServer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The text is the one that a server prints of the jsonb that it reads from it. */
class JsonbTextTest {
  private static Connection server;
  private static PreparedStatement query;
  private final List<String> lost = new ArrayList<>();

  @BeforeAll
  static void connect() throws SQLException {
    PostgresServer postgres = PostgresServer.shared();
    server = postgres.connect(postgres.createDatabase());
    query = server.prepareStatement("select ?::jsonb::text");
  }

  @AfterAll
  static void close() throws SQLException {
    server.close();
  }

  private String text(byte[] document, OnLossy policy) {
    JsonbText json =
        new JsonbText(
            why -> {
              lost.add(why);
              return policy;
            });
    Elements elements = new Elements();
    elements.read(document, 0, document.length);
    GrowingBytes out = new GrowingBytes();
    json.document(elements, new boolean[elements.count()], out);
    return new String(out.array(), 0, out.size(), StandardCharsets.UTF_8);
  }

  private static String printed(String json) throws SQLException {
    query.setString(1, json);
    try (ResultSet row = query.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }

  private String same(byte[] document) throws SQLException {
    String text = text(document, OnLossy.WARN);
    assertThat(printed(text)).isEqualTo(text);
    return text;
  }

  @Test
  void oddDocumentsAreWrittenAsTheServerPrintsThem() throws SQLException {
    for (Map.Entry<String, byte[]> one : OddDocuments.plain().entrySet()) {
      for (OnLossy policy : List.of(OnLossy.WARN, OnLossy.TEXT)) {
        String text = text(one.getValue(), policy);
        assertThat(printed(text)).as(one.getKey()).isEqualTo(text);
      }
    }
    for (byte[] document : OddDocuments.ids().values()) {
      same(document);
    }
  }

  @Test
  void numbersAreWrittenAsTheServerPrintsThem() throws SQLException {
    Random random = new Random(5);
    for (int i = 0; i < 3000; i++) {
      long bits = i < 200 ? Double.doubleToRawLongBits(i / 8.0) : random.nextLong();
      byte[] eight = eight(bits);
      byte[] high =
          eight(((random.nextLong() >>> 1) & 0x3040_FFFF_FFFF_FFFFL) | 0x2F00_0000_0000_0000L);
      same(
          OddDocuments.document(
              OddDocuments.element(1, "d", eight),
              OddDocuments.element(0x12, "l", eight),
              OddDocuments.element(0x10, "i", java.util.Arrays.copyOf(eight, 4)),
              OddDocuments.element(0x13, "n", eight, high)));
    }
    for (double edge :
        new double[] {
          Double.MAX_VALUE, Double.MIN_VALUE, 1e7, 1e-3, 9007199254740992.0, 1e22, 123456789.5
        }) {
      String text =
          same(
              OddDocuments.document(
                  OddDocuments.element(1, "d", eight(Double.doubleToRawLongBits(edge)))));
      assertThat(Double.parseDouble(text.substring(6, text.length() - 1))).isEqualTo(edge);
    }
  }

  @Test
  void decimalsOfEveryExponentAreWrittenAsTheServerPrintsThem() throws SQLException {
    for (long exponent : new long[] {0, 1, 6175, 6176, 6177, 12_287}) {
      for (long digits : new long[] {0, 1, 1234567890123456789L}) {
        byte[] high = eight(exponent << 49);
        same(OddDocuments.document(OddDocuments.element(0x13, "n", eight(digits), high)));
      }
    }
    assertThat(lost).isEmpty();
  }

  private static byte[] eight(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  @Test
  void textIsWrittenAsTheServerPrintsIt() throws SQLException {
    Random random = new Random(7);
    String letters = "ab\"\\/\b\f\n\r\t\u0001\u001f\u007f\u00e4\u20ac\ud83d\udc26'";
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        int at = random.nextInt(letters.length());
        text.appendCodePoint(
            Character.isSurrogate(letters.charAt(at)) ? 0x1F426 : letters.charAt(at));
      }
      byte[] utf8 = (text + "\0").getBytes(StandardCharsets.UTF_8);
      String written =
          same(
              OddDocuments.document(
                  OddDocuments.element(2, "s", OddDocuments.int32(utf8.length), utf8)));
      assertThat(printed(written)).isEqualTo(written);
    }
    assertThat(lost).isEmpty();
  }

  @Test
  void namesAreInTheServersOrder() throws SQLException {
    Random random = new Random(3);
    for (int members : new int[] {5, 39, 200}) {
      byte[][] elements = new byte[members][];
      for (int i = 0; i < members; i++) {
        String name = Integer.toString(random.nextInt(100_000), 36) + (i % 3 == 0 ? "\u00e4" : "");
        elements[i] = OddDocuments.element(0x10, name + i, OddDocuments.int32(i));
      }
      same(OddDocuments.document(elements));
    }
  }

  @Test
  void nestingIsWrittenAsDeepAsTheServerReadsIt() throws SQLException {
    byte[] inner = OddDocuments.document();
    for (int depth = 0; depth < JsonbText.DEEPEST; depth++) {
      inner = OddDocuments.document(OddDocuments.element(depth % 2 == 0 ? 3 : 4, "0", inner));
    }
    same(inner);
    assertThat(lost).isEmpty();
    same(OddDocuments.document(OddDocuments.element(3, "0", inner)));
    assertThat(lost).singleElement().asString().contains("levels deep");
  }

  @Test
  void ofOneNameTheLastHolds() throws SQLException {
    String text = same(OddDocuments.plain().get("same name twice"));
    assertThat(text).contains("\"k\": \"bar-tailed");
    assertThat(lost).containsExactly("the name k comes twice in an object, and the last holds");
  }
}
