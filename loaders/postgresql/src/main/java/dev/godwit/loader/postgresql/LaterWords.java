package dev.godwit.loader.postgresql;

import dev.godwit.spi.dataset.SchemaObject;
import dev.godwit.spi.load.Loader.Obstacle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Definitions with a name that later servers read as a word of their own. {@code SYSTEM_USER} is a
 * value since PostgreSQL 16 (release notes); servers before spell a column of that name without
 * quotes, so that a table with it is refused in the middle of a load, and a check of it would be
 * made and mean something else. Other words that came since are refused only as names of arguments,
 * which are quoted as they are read.
 */
final class LaterWords {
  private static final int SINCE = 16;
  private static final int NAMED = 5;

  /** What is no name of its own: texts and names that are quoted. */
  private static final Pattern QUOTED = Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"");

  /** Behind a dot or AS any word is a name. */
  private static final Pattern BARE =
      Pattern.compile("(?<![\\w.$])(?<!\\bas )system_user(?![\\w$])", Pattern.CASE_INSENSITIVE);

  /** What is said of others, and texts of functions, which hold what their authors wrote. */
  private static final Set<String> PASSED_OVER =
      Set.of("function", "function stub", "procedure", "comment", "owner", "privileges");

  private final boolean older;
  private final List<SchemaObject> misread = new ArrayList<>();

  /** Of a source of a version, such as {@code 15.4}. */
  LaterWords(String version) {
    Matcher major = Pattern.compile("^[0-9]+").matcher(version);
    this.older = major.find() && Integer.parseInt(major.group()) < SINCE;
  }

  /** Learns whether a server of a version, such as 18, takes a definition for what it was. */
  void learn(SchemaObject object, int version) {
    if (older && version >= SINCE && misread.size() < NAMED && isMisread(object)) {
      misread.add(object);
    }
  }

  private static boolean isMisread(SchemaObject object) {
    // Few definitions have the word at all.
    return object.definition().toLowerCase(Locale.ROOT).contains("system_user")
        && !PASSED_OVER.contains(object.kind())
        && BARE.matcher(QUOTED.matcher(object.definition()).replaceAll("")).find();
  }

  List<Obstacle> obstacles() {
    return misread.stream()
        .map(
            object ->
                new Obstacle(
                    object.kind()
                        + " "
                        + object.name()
                        + " names something system_user, which PostgreSQL "
                        + SINCE
                        + " and newer take for a value of their own",
                    "give it another name in the source, or load into PostgreSQL " + (SINCE - 1)))
        .toList();
  }
}
