/** Records as text: JSON lines and CSV. */
package dev.godwit.cli.records;
