package dev.godwit.mapping;

/**
 * What a user wants of one field.
 *
 * @param source its name in the source
 * @param name what it is called in the target
 * @param type the target's own name of its type; null for the one that the mapping chooses
 */
public record FieldChoice(String source, String name, String type) {}
