package dev.godwit.mapping.document;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds names by their bytes, without making a text of them. */
final class NameTable {
  private final List<byte[]> names = new ArrayList<>();
  private int[] places = new int[64]; // one more than the place of a name; 0 where there is none

  /** The place of a name, or -1. */
  int find(byte[] bytes, int from, int length) {
    int mask = places.length - 1;
    for (int at = hash(bytes, from, length) & mask; places[at] != 0; at = (at + 1) & mask) {
      byte[] name = names.get(places[at] - 1);
      if (Arrays.equals(name, 0, name.length, bytes, from, from + length)) {
        return places[at] - 1;
      }
    }
    return -1;
  }

  /** Adds a name that is not there. */
  int add(byte[] name) {
    if (names.size() * 2 >= places.length) {
      places = new int[places.length * 2];
      for (int i = 0; i < names.size(); i++) {
        put(names.get(i), i);
      }
    }
    names.add(name);
    put(name, names.size() - 1);
    return names.size() - 1;
  }

  int add(String name) {
    return add(name.getBytes(StandardCharsets.UTF_8));
  }

  private void put(byte[] name, int place) {
    int mask = places.length - 1;
    int at = hash(name, 0, name.length) & mask;
    while (places[at] != 0) {
      at = (at + 1) & mask;
    }
    places[at] = place + 1;
  }

  private static int hash(byte[] bytes, int from, int length) {
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = hash * 31 + bytes[i];
    }
    return hash ^ hash >>> 15;
  }

  int size() {
    return names.size();
  }

  String name(int place) {
    return new String(names.get(place), StandardCharsets.UTF_8);
  }
}
