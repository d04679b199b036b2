package dev.godwit.loader.memcached.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Against the placements that libmemcached publishes as its own tests (test/fixtures). */
class KetamaTest {
  /** Keys and the last number of the host on which each lies. */
  static final List<String> PLACEMENTS =
      List.of(
          "SVa_]_V41) 7",
          "*/Z;?V(.\\8 1",
          "30C1*Z*S/_ 2",
          "ERR:EC58G> 7",
          "1I=cTMNTKF 5",
          "]VG<`I*Z8) 5",
          "UUTC`-V159 5",
          "@7RU6C6T+Z 5",
          "/XLN0@+36; 1",
          "4(`X;\\V.^c 1",
          "726bW=9*a4 7",
          "\\`)<B)UE,c 1",
          "P1[Ma3=K1/ 8",
          "C89I.-V?cT 8",
          "D[HE+cFXDK 3",
          "P1L?NAB[)K 1",
          "cDT0)Z5P6, 5",
          "@JW`+[WAO8 5",
          "\\39DKW^)N_ 3",
          "EM75N0+[X1 4",
          "`,SS]NBP,b 1",
          "XX1a9LT+F? 5",
          "Zc\\-,F-c6V 5",
          "1*RTMC7,03 8",
          "*Xc+V0P>32 7",
          "U))Fb-(`,. 7",
          "R-08RNTaRT 5",
          "(LHcO203I3 5",
          "=256P+;Qc8 5",
          "OI5XZ_BBT( 7",
          "2TLRL/UL;: 7",
          "WHD\\O1`ZRW 5",
          ".=54)_c;=T 1",
          ";G<W-XWZ@b 5",
          "(,>E`)FT\\4 2",
          "HZAU*;P*N] 7",
          "NZ@ZE=O84_ 7",
          "6,cEI`F_P> 6",
          "c,5AQ/T5)6 8",
          ".O,>>BT)RX 5",
          "XY\\X::LX50 6",
          "+550F^/.01 6",
          "<.X9E2S5+9 7",
          "]\\.UH8_0a1 4",
          "8(6=(T0/Z0 7",
          "8*6a;Sc*X+ 2",
          "<QW:;3K6;H 5",
          "7C@EY@-Y?_ 5",
          "aPb3E1WD4K 1",
          "?@12R<=1BH 8",
          "QR(a+Q=1FU 6",
          "`C9^FV,960 6",
          "UNHVP..^8H 4",
          ":Y.2W2[(35 7",
          "M/HV^_HZ4O 7",
          "ZY16KQ<ICD 4",
          "bV2,`a.PY9 1",
          "U;9:-+5N]9 1",
          "1S/:aJ[1(; 2",
          "Nb-X^]M)I: 6",
          "2;M;ES>J5/ 7",
          "[>RZHG97Q9 6",
          "J3/G[)9<^Z 7",
          "N-)88>[O`, 5",
          "NP:=FR\\OaA 7",
          "`@L+W;a,O[ 6",
          "W2`P:-+1T[ 5",
          "-6G7K^YDIN 7",
          "U>*>9ZI6V5 6",
          ".I?^6Ic9RK 6",
          "0OZH^9BKM[ 8",
          "5?50UGZ:ML 5",
          "?K2NF@3=IU 1",
          "YI@G-2X?UB 5",
          "7cY</BSaL= 6",
          "A(`KF:[RH8 6",
          ";=ZT\\W^P+H 4",
          "b2?WFF56;R 4",
          "CTR74,J+N. 8",
          "<b;*R+QDST 5",
          "\\R^7=9UCG` 5",
          "1bQS5]WOXB 4",
          "M(@X^b[L:K 1",
          "431cBF8,YO 7",
          "(bEIQJ:E./ 6",
          "WS/3H*)7F; 5",
          "ZJF[Ia6Q)+ 7",
          "<]*QCK8U,> 7",
          "\\[a\\^=V_M0 6",
          "7;RM+8J9YC 7",
          "4*=.SPR[AV 1",
          "-2F+^88P4U 7",
          "X;-F`(N?9D 7",
          "R=F_D-K2a] 7",
          "X*+2aaC.EG 5",
          "[1ZXONX2]a 4",
          "FL;\\GWacaV 4",
          "\\MQ_XNT7L- 7",
          "VD6D0]ba_\\ 1");

  private static final int[] WEIGHTS = {600, 300, 200, 350, 1000, 800, 950, 100};

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  private static Ketama published() {
    List<Ketama.Node> nodes = new ArrayList<>();
    for (int i = 0; i < WEIGHTS.length; i++) {
      nodes.add(new Ketama.Node("10.0.1." + (i + 1), 11211, WEIGHTS[i]));
    }
    return new Ketama(nodes);
  }

  @ParameterizedTest
  @FieldSource("PLACEMENTS")
  void placesKeysAsLibmemcachedDoes(String placement) {
    int blank = placement.lastIndexOf(' ');
    int server = Integer.parseInt(placement.substring(blank + 1)) - 1;
    assertThat(published().of(bytes(placement.substring(0, blank)))).isEqualTo(server);
  }

  /** Its hash lies beyond the last point of the ring, as libmemcached's tests say. */
  @Test
  void goesOnAtTheBeginningOfTheRing() {
    assertThat(published().of(bytes("VDEAAAAA"))).isEqualTo(2);
  }

  @Test
  void namesThePortWhereItIsNotTheUsualOne() {
    List<Ketama.Node> usual = nodes(11211);
    List<Ketama.Node> unusual = nodes(11212);
    List<Integer> places =
        Stream.iterate(0, i -> i + 1)
            .limit(200)
            .map(i -> new Ketama(usual).of(bytes("k" + i)))
            .toList();
    assertThat(places).contains(0, 1, 2);
    assertThat(
            Stream.iterate(0, i -> i + 1)
                .limit(200)
                .map(i -> new Ketama(unusual).of(bytes("k" + i)))
                .toList())
        .isNotEqualTo(places);
  }

  @Test
  void movesFewKeysWhereAServerGoes() {
    Ketama three = new Ketama(nodes(11211));
    Ketama two = new Ketama(nodes(11211).subList(0, 2));
    int moved = 0;
    for (int i = 0; i < 3000; i++) {
      int before = three.of(bytes("key" + i));
      moved += before != 2 && two.of(bytes("key" + i)) != before ? 1 : 0;
    }
    assertThat(moved).isZero();
  }

  private static List<Ketama.Node> nodes(int port) {
    return List.of(
        new Ketama.Node("cache1", port, 1),
        new Ketama.Node("cache2", port, 1),
        new Ketama.Node("cache3", port, 1));
  }
}
