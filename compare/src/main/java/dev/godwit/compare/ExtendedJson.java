package dev.godwit.compare;

/**
 * A value of a document as MongoDB's Extended JSON.
 *
 * @param text relaxed, or canonical where only that tells the value from another
 * @see <a href="https://www.mongodb.com/docs/manual/reference/mongodb-extended-json/">Extended
 *     JSON</a>
 */
public record ExtendedJson(String text) {}
