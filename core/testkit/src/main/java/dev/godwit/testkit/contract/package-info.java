/**
 * The contract tests. Each plugin inherits those of what it is, supplies a few samples of its own,
 * and gets every test: of what it promises, and that what it does not promise is refused.
 */
package dev.godwit.testkit.contract;
