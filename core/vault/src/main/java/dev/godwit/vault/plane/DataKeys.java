package dev.godwit.vault.plane;

import dev.godwit.vault.key.DataKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The keys of runs that were opened already: one for each run, some hundred bytes. */
final class DataKeys {
  final Map<Long, DataKey> byMark = new ConcurrentHashMap<>();
}
