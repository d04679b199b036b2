package dev.godwit.extractor.mongodb;

/** Small things that tests of this module share. */
final class MongoTests {
  private MongoTests() {}

  /** A URI with one option more. */
  static String option(String uri, String option) {
    return uri + (uri.contains("?") ? "&" : "?") + option;
  }
}
