/** Masks: values that tell nothing on their way, and still match where they matched before. */
package dev.godwit.mapping.mask;
