package dev.godwit.loader.memcached.placement;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Consistent hashing as libmemcached has it with {@code MEMCACHED_BEHAVIOR_KETAMA_WEIGHTED}, and
 * with it the clients of most languages. A server has 160 points on a ring, more or fewer by its
 * weight, four of each MD5 of {@code host-0}, {@code host-1} and so on, or {@code host:port-0}
 * where the port is not 11211. A key lies on the server of the first point at or after the first
 * four bytes of its own MD5. All numbers are little-endian and unsigned.
 *
 * @see <a href="https://github.com/awesomized/libmemcached/blob/v1.x/src/libmemcached/hosts.cc">
 *     update_continuum in libmemcached</a>
 */
public final class Ketama implements Placement {
  private static final int DEFAULT_PORT = 11211;
  private static final int POINTS = 160;
  private static final int POINTS_PER_HASH = 4;

  /**
   * A server on the ring.
   *
   * @param host as it is named, which decides where its points lie
   * @param weight its share, at least 1
   */
  public record Node(String host, int port, int weight) {}

  private record Point(int hash, int server) {}

  private final int[] hashes;
  private final int[] servers;

  /** Puts servers on the ring. */
  public Ketama(List<Node> nodes) {
    List<Point> points = new ArrayList<>();
    long total = nodes.stream().mapToLong(Node::weight).sum();
    MessageDigest md5 = md5();
    for (int server = 0; server < nodes.size(); server++) {
      Node node = nodes.get(server);
      String name = node.port() == DEFAULT_PORT ? node.host() : node.host() + ":" + node.port();
      for (int i = 0; i < hashesOf(node.weight(), total, nodes.size()); i++) {
        byte[] digest = md5.digest((name + "-" + i).getBytes(StandardCharsets.UTF_8));
        for (int part = 0; part < POINTS_PER_HASH; part++) {
          points.add(new Point(number(digest, part * Integer.BYTES), server));
        }
      }
    }
    points.sort(Comparator.comparing(Point::hash, Integer::compareUnsigned));
    this.hashes = points.stream().mapToInt(Point::hash).toArray();
    this.servers = points.stream().mapToInt(Point::server).toArray();
  }

  /** In floats, as there: with doubles some servers of some weights would have four points more. */
  private static int hashesOf(int weight, long total, int servers) {
    float share = (float) weight / (float) total;
    return (int) Math.floor(share * POINTS / POINTS_PER_HASH * (float) servers + 0.0000000001f);
  }

  @Override
  public int of(byte[] key) {
    int hash = number(md5().digest(key), 0);
    int left = 0;
    int right = hashes.length;
    while (left < right) {
      int middle = (left + right) >>> 1;
      if (Integer.compareUnsigned(hashes[middle], hash) < 0) {
        left = middle + 1;
      } else {
        right = middle;
      }
    }
    return servers[right == hashes.length ? 0 : right];
  }

  private static int number(byte[] bytes, int from) {
    return (bytes[from + 3] & 0xff) << 24
        | (bytes[from + 2] & 0xff) << 16
        | (bytes[from + 1] & 0xff) << 8
        | (bytes[from] & 0xff);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
