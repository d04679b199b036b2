package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.Loader.Obstacle;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What only a superuser can make (manual, each at its {@code CREATE}), or only the database's owner
 * can say, found before anything is made: a load of someone else would end at it, after all the
 * data.
 */
final class OnlySuperusers {
  static final String HINT =
      "let a superuser restore, or go on without what is refused with --keep-going";

  private static final Set<String> KINDS =
      Set.of(
          "event trigger",
          "access method",
          "foreign data wrapper",
          "operator class",
          "operator family",
          "text search parser",
          "text search template",
          "shell type");

  /** The head of a function's definition ends where its body begins. */
  private static final Pattern MIGHTY_FUNCTION =
      Pattern.compile("(?m)^ LANGUAGE (c|internal)$|^ (?:[A-Z0-9 ]+ )?LEAKPROOF\\b");

  private final Map<String, List<String>> named = new TreeMap<>();
  private final Set<String> extensions = new TreeSet<>();
  private final List<String> subscriptions = new ArrayList<>();
  private final ClosedSettings settings = new ClosedSettings();
  private boolean changesDatabase;

  /** Learns what a definition makes. */
  void learn(SchemaObject object) {
    switch (object.kind()) {
      case "extension" -> extensions.add(object.name().last());
      case "subscription" -> subscriptions.add(object.name().toString());
      case "setting" -> changesDatabase |= settings.learn(object);
      default -> {
        changesDatabase |= object.id().endsWith(":DATABASE");
        if (isClosed(object)) {
          named
              .computeIfAbsent(object.kind(), k -> new ArrayList<>())
              .add(object.name().toString());
        }
      }
    }
  }

  private static boolean isClosed(SchemaObject object) {
    String text = object.definition();
    return switch (object.kind()) {
      case "function", "procedure" -> {
        int body = text.indexOf("\nAS ");
        yield MIGHTY_FUNCTION.matcher(body < 0 ? text : text.substring(0, body)).find();
      }
      case "type" -> text.contains(" (\n  input = ");
      case "publication" -> text.contains(" FOR ALL TABLES") || text.contains(" TABLES IN SCHEMA ");
      default -> KINDS.contains(object.kind());
    };
  }

  /** What of it a user may not make; nothing for a superuser. */
  List<Obstacle> lacking(TargetRights rights) throws SQLException {
    List<Obstacle> obstacles = new ArrayList<>();
    if (rights.isSuperuser()) {
      return obstacles;
    }
    for (String extension : rights.notTrusted(extensions)) {
      obstacles.add(
          new Obstacle(
              "user " + rights.user() + " may not create extension " + extension,
              "let a superuser create it in the database first, or restore"));
    }
    if (changesDatabase && !rights.ownsDatabase()) {
      obstacles.add(
          new Obstacle(
              "user "
                  + rights.user()
                  + " may not set, grant or say anything of the database, as the source has it",
              "restore as the owner of the database, or go on without what is refused with"
                  + " --keep-going"));
    }
    obstacles.addAll(settings.lacking(rights));
    if (!subscriptions.isEmpty() && !rights.maySubscribe()) {
      named.put("subscription", subscriptions);
    }
    named.forEach(
        (kind, names) ->
            obstacles.add(
                new Obstacle(
                    "only a superuser can make "
                        + kind
                        + " "
                        + names.get(0)
                        + (names.size() == 1 ? "" : " and " + (names.size() - 1) + " more"),
                    HINT)));
    return obstacles;
  }
}
