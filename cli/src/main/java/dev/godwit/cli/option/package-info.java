/** Options that several commands share, as mixins, and how their text becomes values. */
package dev.godwit.cli.option;
