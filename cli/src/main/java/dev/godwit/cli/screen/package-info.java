/** What people and scripts see: the terminal, tables, amounts, errors, JSON documents. */
package dev.godwit.cli.screen;
