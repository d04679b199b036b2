package dev.godwit.extractor.postgresql.type;

/**
 * A column of a relation.
 *
 * @param name as the server has it, not quoted
 * @param type its type
 * @param modifier its type modifier, -1 for none
 * @param nativeType as {@code format_type} says it, such as {@code numeric(10,2)}
 * @param required whether it is declared not null
 * @param generated whether its value is computed, and so neither read nor written
 * @param alwaysIdentity whether it is {@code generated always as identity}
 */
public record PgColumn(
    String name,
    PgType type,
    int modifier,
    String nativeType,
    boolean required,
    boolean generated,
    boolean alwaysIdentity) {}
