package dev.godwit.mapping;

import dev.godwit.spi.load.Placement;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * What becomes of one field.
 *
 * @param source as the extractor describes it
 * @param target how the target holds it; its field has the name that it has there
 */
public record FieldMapping(Field source, Placement target) {}
